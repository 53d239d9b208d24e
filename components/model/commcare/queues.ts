/**
 * Names of celery's processes, as commcare-cloud takes them.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/environment/schemas/app_processes.py
 */
export const requiredQueues = [
    "analytics_queue",
    "background_queue",
    "case_rule_queue",
    "case_import_queue",
    "celery",
    "email_queue",
    "export_download_queue",
    "flower",
    "reminder_case_update_queue",
    "reminder_rule_queue",
    "repeat_record_queue",
    "saved_exports_queue",
] as const;

export const optionalQueues = [
    "async_restore_queue",
    "beat",
    "celery_periodic",
    "dashboard_comparison_queue",
    "repeat_record_datasource_queue",
    "icds_aggregation_queue",
    "icds_dashboard_reports_queue",
    "linked_domain_queue",
    "logistics_background_queue",
    "logistics_reminder_queue",
    "malt_generation_queue",
    "reminder_case_update_bulk_queue",
    "reminder_queue",
    "sumologic_logs_queue",
    "send_report_throttled",
    "sms_queue",
    "submission_reprocessing_queue",
    "ucr_indicator_queue",
    "ucr_queue",
    "user_import_queue",
    "ush_background_tasks",
    "geospatial_queue",
] as const;

/** Processes that work no queue: each alone in its entry, and on one machine. */
export const soloProcesses: readonly string[] = ["beat", "flower"];

/** Pillows that every CommCare runs; the first two in so many processes as there are cores to spare. */
export const pillows = [
    "case-pillow",
    "xform-pillow",
    "user-pillow",
    "group-pillow",
    "AppDbChangeFeedPillow",
    "ApplicationToElasticsearchPillow",
    "CacheInvalidatePillow",
    "DomainDbKafkaPillow",
    "KafkaDomainPillow",
    "LedgerToElasticsearchPillow",
    "SqlSMSPillow",
    "UpdateUserSyncHistoryPillow",
    "UserCacheInvalidatePillow",
    "UserGroupsDbKafkaPillow",
] as const;

/**
 * Pillows that some environments run besides.
 *
 * @see https://github.com/dimagi/commcare-cloud/tree/master/environments app-processes.yml
 */
export const furtherPillows = [
    "demo-case-pillow",
    "kafka-ucr-main",
    "kafka-ucr-static",
    "CaseSearchToElasticsearchPillow",
    "CaseToElasticsearchPillow",
    "XFormToElasticsearchPillow",
    "FormSubmissionMetadataTrackerPillow",
    "UnknownUsersPillow",
    "UserPillow",
    "GroupPillow",
    "GroupToUserPillow",
] as const;

/** Commands that commcare-cloud keeps running beside celery. */
export const managementCommands = [
    "run_submission_reprocessing_queue",
    "queue_schedule_instances",
    "handle_survey_actions",
    "run_sms_queue",
    "run_pillow_retry_queue",
] as const;
