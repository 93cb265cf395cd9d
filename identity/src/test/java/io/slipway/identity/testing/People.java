package io.slipway.identity.testing;

import io.slipway.identity.Caller;
import io.slipway.identity.Principal;
import io.slipway.kit.PrincipalId;
import io.slipway.kit.WorkspaceId;
import io.slipway.store.Database;
import java.util.List;
import java.util.Set;

/** An admin and two users of the first workspace. */
public final class People {
    public static final Caller ADMIN = admin(101, "admin@example.com");
    public static final Caller ANN = user(102, "ann@example.com");
    public static final Caller BOB = user(103, "bob@example.com");

    private People() {}

    public static Caller user(long id, String name) {
        return Caller.user(WorkspaceId.FIRST, new Principal(new PrincipalId(id), name), Set.of());
    }

    public static Caller admin(long id, String name) {
        return Caller.user(WorkspaceId.FIRST, new Principal(new PrincipalId(id), name), Set.of(PrincipalId.ADMINS));
    }

    /** The same one, in another workspace. */
    public static Caller elsewhere(Caller caller) {
        return new Caller(new WorkspaceId(2002), caller.principal(), caller.principals(), true);
    }

    /** Writes the three down: who owns something is looked up by name, and runs act as whom the database knows. */
    public static void known(Database database) {
        known(database, ADMIN, ANN, BOB);
    }

    public static void known(Database database, Caller... people) {
        database.change(tx -> List.of(people).forEach(person -> {
            tx.sql()
                    .createUpdate("""
                            insert into principal (id, kind, name, name_key, display_name, created_at)
                            values (:id, 'USER', :name, :name, :name, 0) on conflict do nothing
                            """)
                    .bind("id", person.id().number())
                    .bind("name", person.name())
                    .execute();
            tx.sql()
                    .createUpdate("""
                            insert into assigned (workspace_id, principal_id) values (:workspace, :id)
                            on conflict do nothing
                            """)
                    .bind("workspace", person.workspace().number())
                    .bind("id", person.id().number())
                    .execute();
            if (person.principals().contains(PrincipalId.ADMINS)) {
                tx.sql()
                        .createUpdate("""
                                insert into member (workspace_id, group_id, principal_id) values (:workspace, 1, :id)
                                on conflict do nothing
                                """)
                        .bind("workspace", person.workspace().number())
                        .bind("id", person.id().number())
                        .execute();
            }
        }));
    }
}
