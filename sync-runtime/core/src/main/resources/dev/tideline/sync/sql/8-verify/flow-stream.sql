-- The stream that captures a mapping's rows. Fails where Tideline is not installed; asked only where it is.
SELECT m.stream_id FROM tideline.mapping m WHERE m.name = {{mapping}}
