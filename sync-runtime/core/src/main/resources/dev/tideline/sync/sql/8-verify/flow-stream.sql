-- The stream that captures a mapping's rows. Fails if Tideline is not installed; run only if it is.
SELECT m.stream_id FROM tideline.mapping m WHERE m.name = {{mapping}}
