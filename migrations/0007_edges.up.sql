-- What is left of what a client may ask for in a while, shared by all API processes.
--
-- A bucket of tokens that fills at a steady rate is one time: when it is full again. Taking a token
-- puts that off by the time in which one grows. No row means a full bucket, so that rows of the past
-- may go at any time, and the table need not survive a crash: UNLOGGED writes nothing to the log.
--
-- bucket is a hash, so that no address of a client is stored.
CREATE UNLOGGED TABLE rate_limits (
    full_at timestamptz NOT NULL,
    -- What the last taker got: an upsert cannot return what it computed on the way in PostgreSQL 15.
    granted integer NOT NULL,
    bucket bytea PRIMARY KEY,
    CONSTRAINT rate_limit_bucket_is_hash CHECK (length(bucket) = 16),
    CONSTRAINT rate_limit_granted_not_negative CHECK (granted >= 0)
) WITH (fillfactor = 50);

SELECT gitdex_share_global('rate_limits');
