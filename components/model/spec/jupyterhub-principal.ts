import { z } from "zod";
import { says } from "./shared";

/** What may write to a dataset or push an image: a role or user of IAM, or on Azure a principal of Entra. */
export const principal = z
    .string()
    .regex(
        /^(arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
        says(
            "is not a role or user of IAM",
            "write its ARN, arn:aws:iam::<account>:role/<name>, or on Azure the object id of a principal",
        ),
    );
