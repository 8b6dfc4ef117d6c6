-- Two migrations had a character in their comments that not every encoding has. If they ran in that form, their
-- checksums are replaced by those of the same statements as they are now.
UPDATE tideline.schema_history h SET checksum = c.now
  FROM (VALUES ('1', 749157888, -75401802), ('5', -308697994, 250618766)) AS c (version, before, now)
 WHERE h.version = c.version AND h.checksum = c.before
