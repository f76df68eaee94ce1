DROP TABLE queue_pauses, jobs;
