/** What recorders of AWS Config are called that the console, the command line and AWS Control Tower make. */
export const usualRecorders: readonly string[] = [
    "default",
    "aws-controltower-BaselineConfigRecorder",
];
