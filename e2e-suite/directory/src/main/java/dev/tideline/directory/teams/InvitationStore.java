package dev.tideline.directory.teams;

import dev.tideline.directory.database.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Invitations of one tenant, within one transaction. */
final class InvitationStore extends Store {

    private static final Duration VALIDITY = Duration.ofDays(7);

    InvitationStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(Invitation.class));
        handle.registerRowMapper(ConstructorMapper.factory(Secret.class));
    }

    /** An open invitation, as it stands in answers. */
    record Invitation(UUID id, UUID teamId, String email) {}

    /** What its code is compared with. */
    record Secret(UUID teamId, String codeHash) {}

    void add(UUID id, UUID team, String email, String codeHash) {
        update("add-invitation")
                .bind("id", id)
                .bind("team", team)
                .bind("email", email)
                .bind("hash", codeHash)
                .bind("seconds", VALIDITY.toSeconds())
                .execute();
    }

    List<Invitation> of(UUID team) {
        return query("list-invitations")
                .bind("team", team)
                .mapTo(Invitation.class)
                .list();
    }

    Optional<Secret> secret(UUID id) {
        return query("find-invitation-secret")
                .bind("id", id)
                .mapTo(Secret.class)
                .findOne();
    }

    /** If several accept, one gets true. */
    boolean remove(UUID id) {
        return updateText("DELETE FROM invitation WHERE tenancy_id = :tenant AND id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    boolean revoke(UUID team, UUID id) {
        return updateText("DELETE FROM invitation WHERE tenancy_id = :tenant AND team_id = :team AND id = :id")
                        .bind("team", team)
                        .bind("id", id)
                        .execute()
                == 1;
    }
}
