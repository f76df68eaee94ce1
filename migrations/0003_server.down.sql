DROP TRIGGER jobs_insert_event ON jobs;
DROP TRIGGER jobs_update_event ON jobs;
DROP TRIGGER refs_insert_event ON refs;
DROP TRIGGER refs_update_event ON refs;
DROP TRIGGER refs_delete_event ON refs;
DROP TRIGGER workspaces_delete_events ON workspaces;
DROP FUNCTION forget_events();
DROP FUNCTION record_job_event();
DROP FUNCTION record_ref_event();
DROP FUNCTION record_event(bigint, text, jsonb);
DROP TABLE events, delivery_jobs, deliveries, pull_requests;
ALTER TABLE repositories
    DROP COLUMN location,
    DROP COLUMN full_name,
    DROP COLUMN provider_id,
    DROP COLUMN default_ref,
    DROP COLUMN archived,
    DROP COLUMN credentials,
    DROP COLUMN webhook_secret,
    DROP COLUMN previous_webhook_secret,
    DROP COLUMN previous_secret_until,
    DROP COLUMN described_at,
    DROP COLUMN access_doubted_at,
    DROP COLUMN last_reconciled_at,
    DROP COLUMN poll_interval_seconds;
