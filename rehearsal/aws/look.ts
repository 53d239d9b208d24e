export * from "../provider/look";
