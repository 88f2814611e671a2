package org.nucleus.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AclsTest {
    @ParameterizedTest
    @EnumSource(Action.class)
    void everyActionHasItsKey(Action action) {
        String json = "{\"permissive\":true,\"" + action.key() + "\":[{\"principals\":{\"values\":[\"p\"]},\""
                + action.objectKey() + "\":{\"type\":\"NONE\"}}]}";
        var authorizer = new Authorizer(Acls.parse(json));
        assertThat(authorizer.permits(Optional.of("p"), action, Optional.of("x")))
                .isFalse();
        assertThat(authorizer.permits(Optional.of("q"), action, Optional.of("x")))
                .isTrue();
        for (Action other : Action.values()) {
            assertThat(authorizer.permits(Optional.of("p"), other, Optional.of("x")))
                    .isEqualTo(other != action);
        }
    }

    @Test
    void withoutRulesEverythingIsPermitted() {
        for (Acls acls : new Acls[] {Acls.permissive(), Acls.parse("{}"), Acls.parse("{\"permissive\":true}")}) {
            assertThat(new Authorizer(acls).grants(Optional.empty())).isEqualTo(Grants.all());
            assertThat(new Authorizer(acls).permits(Optional.of("p"), Action.RUN_TASKS, Optional.of("root")))
                    .isTrue();
        }
    }

    @Test
    void understandsTheSpellingOfTheDocumentation() {
        Acls acls =
                Acls.parse("{\"resize_volume\":[{\"principals\":{\"type\":\"ANY\"},\"roles\":{\"type\":\"NONE\"}}]}");
        assertThat(new Authorizer(acls).permits(Optional.of("p"), Action.RESIZE_VOLUMES, Optional.of("a")))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                [] | expecting a JSON object
                {"permissive": | malformed JSON
                {"permissive":"no"} | 'permissive' is not true or false
                {"run_task":[]} | unknown action 'run_task'
                {"run_tasks":{}} | 'run_tasks' is not an array
                {"run_tasks":[{}]} | 'run_tasks', rule 1: 'principals' is missing
                {"run_tasks":[{"principals":{"type":"ANY"}}]} | rule 1: 'users' is missing
                {"run_tasks":[{"principals":{"type":"ANY"},"roles":{}}]} | rule 1: unknown key 'roles'
                {"run_tasks":[{"principals":{"type":"any"},"users":{}}]} | unknown type 'any'
                {"run_tasks":[{"principals":{"type":"ANY"},"users":{}}]} | neither 'type' nor an array 'values'
                {"run_tasks":[{"principals":{"value":["p"]},"users":{}}]} | unknown key 'value'
                {"run_tasks":[{"principals":{"values":[1]},"users":{}}]} | 1 is not a text
                {"view_flags":[{"principals":{"type":"ANY"},"flags":{"values":["x"]}}]} | takes only the types
                {"register_agents":[{"principals":{"type":"ANY"},"agents":{"values":["x"]}}]} | takes only the types
                {"get_endpoints":[{"principals":{"type":"ANY"},"paths":{"values":["/frameworks"]}}]} | is not an authorizable
                """)
    void refusesWhatItDoesNotUnderstand(String json, String words) {
        assertThatThrownBy(() -> Acls.parse(json))
                .isInstanceOf(InvalidAccessRules.class)
                .hasMessageContaining(words);
    }
}
