SELECT user_id FROM connected_account
 WHERE tenancy_id = :tenant AND provider = :provider AND provider_account_id = :account
