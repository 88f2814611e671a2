package org.nucleus.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the original's authorization tests, named as there where they have a counterpart. */
class AuthorizerTest {
    private static final String ANY = "{\"type\":\"ANY\"}";
    private static final String NONE = "{\"type\":\"NONE\"}";

    @Test
    void anyPrincipalRunsAsAnyUser() {
        Authorizer authorizer = runTasks(true, rule(ANY, ANY));
        assertThat(runs(authorizer, "foo", "root")).isTrue();
        assertThat(runs(authorizer, null, "root")).isTrue();
        assertThat(runs(authorizer, null, null)).isTrue();
    }

    @Test
    void noPrincipalRunsAsAnyUser() {
        Authorizer authorizer = runTasks(true, rule(NONE, ANY));
        assertThat(runs(authorizer, "foo", "root")).isFalse();
        assertThat(runs(authorizer, null, "root")).isFalse();
    }

    @Test
    void principalRunsAsAnyUser() {
        Authorizer authorizer = runTasks(true, rule(some("foo"), ANY), rule(NONE, ANY));
        assertThat(runs(authorizer, "foo", "user1")).isTrue();
        assertThat(runs(authorizer, "bar", "user1")).isFalse();
        assertThat(runs(authorizer, null, "user1")).as("unauthenticated").isFalse();
    }

    @Test
    void anyPrincipalRunsAsSomeUser() {
        Authorizer authorizer = runTasks(true, rule(ANY, some("guest")), rule(ANY, NONE));
        assertThat(runs(authorizer, "foo", "guest")).isTrue();
        assertThat(runs(authorizer, null, "guest")).isTrue();
        assertThat(runs(authorizer, "foo", "root")).isFalse();
        assertThat(runs(authorizer, "foo", null)).as("as no user in particular").isFalse();
    }

    @Test
    void noPrincipalRunsAsSomeUser() {
        Authorizer authorizer = runTasks(true, rule(NONE, some("root")));
        assertThat(runs(authorizer, "foo", "root")).isFalse();
        assertThat(runs(authorizer, "foo", "guest")).isTrue();
    }

    @Test
    void somePrincipalOnlySomeUser() {
        Authorizer authorizer =
                runTasks(true, rule(some("foo"), some("user1")), rule(some("foo"), NONE), rule(ANY, ANY));
        assertThat(runs(authorizer, "foo", "user1")).isTrue();
        assertThat(runs(authorizer, "foo", "user2")).isFalse();
        assertThat(runs(authorizer, "foo", null)).isFalse();
        assertThat(runs(authorizer, "bar", "user1")).isTrue();
        assertThat(runs(authorizer, "bar", "user2")).isTrue();
    }

    @Test
    void somePrincipalSomeUserWithoutAnEndingRule() {
        Authorizer authorizer = runTasks(true, rule(some("foo"), some("user1")));
        assertThat(runs(authorizer, "foo", "user1")).isTrue();
        assertThat(runs(authorizer, "foo", "user2"))
                .as("nothing speaks of it, and it is permissive")
                .isTrue();
    }

    @Test
    void principalRunAsSomeUserRestrictive() {
        Authorizer authorizer = runTasks(false, rule(some("foo"), some("user1")));
        assertThat(runs(authorizer, "foo", "user1")).isTrue();
        assertThat(runs(authorizer, "foo", "user2")).isFalse();
        assertThat(runs(authorizer, "bar", "user1")).isFalse();
        assertThat(runs(authorizer, null, "user1")).isFalse();
        assertThat(runs(authorizer, "foo", null)).isFalse();
    }

    @Test
    void theFirstRuleThatSpeaksOfBothDecides() {
        Authorizer closed = runTasks(true, rule(some("foo"), NONE), rule(some("foo"), some("user1")));
        assertThat(runs(closed, "foo", "user1")).isFalse();
        Authorizer open = runTasks(false, rule(some("foo", "bar"), some("u1", "u2")), rule(ANY, NONE));
        assertThat(runs(open, "bar", "u2")).isTrue();
        assertThat(runs(open, "bar", "u3")).isFalse();
    }

    @Test
    void rulesForNobodyInParticularSpeakOfNobody() {
        Authorizer authorizer = runTasks(false, "{\"principals\":{\"values\":[]},\"users\":" + ANY + "}");
        assertThat(runs(authorizer, "foo", "u")).isFalse();
        assertThat(runs(authorizer, null, "u")).isFalse();
    }

    @Test
    void registerFrameworkHierarchical() {
        Authorizer authorizer = authorizer(
                false,
                "register_frameworks",
                objects("roles", some("elizabeth-ii"), some("king/%", "king")),
                objects("roles", some("charles"), some("king/%")),
                objects("roles", some("j-welby"), some("king", "archbishop")));
        assertThat(registers(authorizer, "elizabeth-ii", "king")).isTrue();
        assertThat(registers(authorizer, "elizabeth-ii", "king/prince")).isTrue();
        assertThat(registers(authorizer, "elizabeth-ii", "king/prince/duke")).isTrue();
        assertThat(registers(authorizer, "elizabeth-ii", "kingdom")).isFalse();
        assertThat(registers(authorizer, "charles", "king"))
                .as("below it, not it")
                .isFalse();
        assertThat(registers(authorizer, "charles", "king/prince")).isTrue();
        assertThat(registers(authorizer, "j-welby", "king/prince")).isFalse();
        assertThat(registers(authorizer, "j-welby", "archbishop")).isTrue();
        assertThat(registers(authorizer, "nobody", "king")).isFalse();
    }

    @Test
    void onlyRolesHaveAHierarchy() {
        Authorizer authorizer = runTasks(false, rule(some("foo"), some("a/%")));
        assertThat(runs(authorizer, "foo", "a/b")).isFalse();
        assertThat(runs(authorizer, "foo", "a/%")).isTrue();
    }

    @Test
    void teardownFrameworks() {
        Authorizer authorizer = authorizer(
                true,
                "teardown_frameworks",
                objects("framework_principals", some("ops"), ANY),
                objects("framework_principals", some("foo"), some("foo")),
                objects("framework_principals", ANY, NONE));
        assertThat(grants(authorizer, "ops").mayTeardown("bar")).isTrue();
        assertThat(grants(authorizer, "foo").mayTeardown("foo")).isTrue();
        assertThat(grants(authorizer, "foo").mayTeardown("bar")).isFalse();
        assertThat(grants(authorizer, "foo").mayTeardown(""))
                .as("of a framework without principal")
                .isFalse();
        assertThat(grants(authorizer, null).mayTeardown("foo")).isFalse();
    }

    @Test
    void registerAgents() {
        Authorizer authorizer =
                authorizer(true, "register_agents", objects("agents", some("a1"), ANY), objects("agents", ANY, NONE));
        assertThat(grants(authorizer, "a1").mayRegisterAgent()).isTrue();
        assertThat(grants(authorizer, "a2").mayRegisterAgent()).isFalse();
        assertThat(grants(authorizer, null).mayRegisterAgent()).isFalse();
    }

    @Test
    void volumesAndReservations() {
        Authorizer authorizer = new Authorizer(Acls.parse("""
                {"permissive":false,
                 "reserve_resources":[{"principals":{"values":["p"]},"roles":{"values":["a/%"]}}],
                 "unreserve_resources":[{"principals":{"values":["p"]},"reserver_principals":{"values":["p"]}}],
                 "create_volumes":[{"principals":{"values":["p"]},"roles":{"type":"ANY"}}],
                 "destroy_volumes":[{"principals":{"values":["p"]},"creator_principals":{"type":"NONE"}}],
                 "resize_volumes":[{"principals":{"type":"ANY"},"roles":{"values":["a"]}}]}
                """));
        Grants grants = grants(authorizer, "p");
        assertThat(grants.mayReserveFor("a/b")).isTrue();
        assertThat(grants.mayReserveFor("a")).isFalse();
        assertThat(grants.mayUnreserve(Optional.of("p"))).isTrue();
        assertThat(grants.mayUnreserve(Optional.of("q"))).isFalse();
        assertThat(grants.mayUnreserve(Optional.empty())).isFalse();
        assertThat(grants.mayCreateVolume("x")).isTrue();
        assertThat(grants.mayDestroyVolume(Optional.of("p"))).isFalse();
        assertThat(grants.mayResizeVolume("a")).isTrue();
        assertThat(grants.permits(Action.PRUNE_IMAGES))
                .as("no rule, not permissive")
                .isFalse();
    }

    @ParameterizedTest(name = "subject {0} by {1}, object {2} by {3}: {4}")
    @CsvSource({
        // subject, acl subject, object, acl object, decided (or - when the rule is silent)
        "p, SOME, o, SOME, yes",
        "p, SOME, o, ANY, yes",
        "p, SOME, o, NONE, no",
        "p, ANY, o, SOME, yes",
        "p, ANY, o, ANY, yes",
        "p, ANY, o, NONE, no",
        "p, NONE, o, SOME, no",
        "p, NONE, o, ANY, no",
        "p, NONE, o, NONE, no",
        "q, SOME, o, ANY, -",
        "p, ANY, x, SOME, -",
        "q, NONE, x, SOME, -",
        ", SOME, o, ANY, -",
        ", ANY, o, SOME, yes",
        ", NONE, o, ANY, no",
        "p, ANY, , SOME, -",
        "p, ANY, , ANY, yes",
        "p, ANY, , NONE, no",
        ", ANY, , ANY, yes",
        ", NONE, , NONE, no"
    })
    void matchesAndAllowsAsTheOriginalsTables(
            String subject, String aclSubject, String object, String aclObject, String decided) {
        for (boolean permissive : new boolean[] {true, false}) {
            Authorizer authorizer = runTasks(permissive, rule(entity(aclSubject, "p"), entity(aclObject, "o")));
            boolean expected = decided.equals("-") ? permissive : decided.equals("yes");
            assertThat(runs(authorizer, subject, object)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void grantsAreValues(boolean permissive) {
        Authorizer one = runTasks(permissive, rule(some("foo"), some("user1")), rule(some("x"), ANY));
        Authorizer other = runTasks(permissive, rule(some("foo"), some("user1")), rule(some("y"), ANY));
        assertThat(grants(one, "foo")).isEqualTo(grants(other, "foo")).hasSameHashCodeAs(grants(other, "foo"));
        assertThat(grants(one, "foo")).isNotEqualTo(grants(one, "x"));
        assertThat(grants(one, "y")).isEqualTo(grants(one, null));
    }

    private static Authorizer runTasks(boolean permissive, String... rules) {
        return authorizer(permissive, "run_tasks", rules);
    }

    private static Authorizer authorizer(boolean permissive, String action, String... rules) {
        return new Authorizer(
                Acls.parse("{\"permissive\":" + permissive + ",\"" + action + "\":[" + String.join(",", rules) + "]}"));
    }

    private static String rule(String principals, String users) {
        return objects("users", principals, users);
    }

    private static String objects(String key, String principals, String objects) {
        return "{\"principals\":" + principals + ",\"" + key + "\":" + objects + "}";
    }

    private static String some(String... names) {
        return "{\"values\":[\"" + String.join("\",\"", names) + "\"]}";
    }

    private static String entity(String type, String name) {
        return switch (type) {
            case "ANY" -> ANY;
            case "NONE" -> NONE;
            default -> some(name);
        };
    }

    /** Asks the authorizer and its grants, which must agree. */
    private static boolean runs(Authorizer authorizer, String principal, String user) {
        boolean direct =
                authorizer.permits(Optional.ofNullable(principal), Action.RUN_TASKS, Optional.ofNullable(user));
        assertThat(grants(authorizer, principal).permits(Action.RUN_TASKS, Optional.ofNullable(user)))
                .isEqualTo(direct);
        return direct;
    }

    private static boolean registers(Authorizer authorizer, String principal, String role) {
        return grants(authorizer, principal).mayRegister(role);
    }

    private static Grants grants(Authorizer authorizer, String principal) {
        return authorizer.grants(Optional.ofNullable(principal));
    }
}
