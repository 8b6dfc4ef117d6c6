-- Claims whose lease has ended: their owner is gone or hangs. They are made again, with the same webhook-id.
UPDATE tideline.http_request SET lease_until = NULL WHERE lease_until < clock_timestamp()
