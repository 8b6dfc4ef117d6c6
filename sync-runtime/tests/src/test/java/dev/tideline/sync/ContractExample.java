package dev.tideline.sync;

/** The mapping that the configuration's reference shows, with a select, a filter and another table that it reads. */
public final class ContractExample {

    /** What stands under {@code mappings:}, from the margin. */
    public static final String USERS = """
            users:
              table: project_user
              tenant: tenancy_id
              key: [id]
              target: users
              select: |
                SELECT r.id, r.display_name,
                       (SELECT c.value FROM contact_channel c
                         WHERE c.tenancy_id = r.tenancy_id AND c.user_id = r.id AND c.is_primary) AS primary_email
                FROM project_user r
              where: NOT r.is_anonymous
              depends_on:
                - table: contact_channel
                  key: { tenancy_id: tenancy_id, id: user_id }
            """;

    private ContractExample() {}
}
