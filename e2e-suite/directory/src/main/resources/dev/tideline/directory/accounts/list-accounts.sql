SELECT user_id, provider, provider_account_id
  FROM connected_account
 WHERE tenancy_id = :tenant AND user_id = :user
 ORDER BY provider
