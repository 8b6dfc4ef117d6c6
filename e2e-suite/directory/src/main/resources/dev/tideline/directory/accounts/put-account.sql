INSERT INTO connected_account (tenancy_id, user_id, provider, provider_account_id)
VALUES (:tenant, :user, :provider, :account)
ON CONFLICT (user_id, provider) DO UPDATE SET provider_account_id = excluded.provider_account_id
