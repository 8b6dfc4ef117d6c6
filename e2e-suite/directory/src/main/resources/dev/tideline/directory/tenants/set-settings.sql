UPDATE tenancy
   SET require_email_verification = :verification, sign_up_mode = :mode
 WHERE id = :tenant
