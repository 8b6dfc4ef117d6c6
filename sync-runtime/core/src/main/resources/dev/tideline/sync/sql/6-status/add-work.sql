UPDATE tideline.process SET requests = ?, rows = CAST(? AS jsonb) WHERE number = ?
