/** What a disk carries to be copied every day: the selection of the backup plan looks for it. */
export const backupTag = { backup: "daily" } as const;
