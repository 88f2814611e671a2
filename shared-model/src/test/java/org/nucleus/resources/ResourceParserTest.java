package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Value;

class ResourceParserTest {
    private static final String DOCUMENTED =
            "cpus:24;mem:24576;disk:409600;ports:[21000-24000,30000-34000];bugs(debug_role):{a,b,c}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    cpus:24;mem:24576         | cpus:24; mem:24576
                    ' cpus : 1.5 ; mem:2e3 '  | cpus:1.5; mem:2000
                    cpus:1;cpus:2;            | cpus:3
                    cpus:0                    | {}
                    ports:[ 1 - 2 , 4-5 ]     | ports:[1-2, 4-5]
                    ports:[]                  | {}
                    bugs:{b, a}               | bugs:{a, b}
                    cpus(*):1                 | cpus:1
                    cpus(ads):1               | cpus(reservations: [(STATIC,ads)]):1
                    ''                        | {}
                    """)
    void readsText(String text, String printed) {
        assertThat(ResourceParser.parse(text, "*")).hasToString(printed);
    }

    @Test
    void readsTheDocumentedExample() {
        Resources all = ResourceParser.parse(DOCUMENTED, "*");
        assertThat(all)
                .hasToString("cpus:24; mem:24576; disk:409600; ports:[21000-24000, 30000-34000]; "
                        + "bugs(reservations: [(STATIC,debug_role)]):{a, b, c}");
        assertThat(all.ports()).containsExactly(new Value.Range(21000, 24000), new Value.Range(30000, 34000));
    }

    @Test
    void readsJsonAsText() {
        String json = """
                [{"name":"cpus","type":"SCALAR","scalar":{"value":24}},
                 {"name":"mem","type":"SCALAR","scalar":{"value":"24576"}},
                 {"name":"disk","type":"SCALAR","scalar":{"value":409600},"role":"*"},
                 {"name":"ports","type":"RANGES",
                  "ranges":{"range":[{"begin":30000,"end":34000},{"begin":21000,"end":24000}]}},
                 {"name":"bugs","type":"SET","set":{"item":["c","a","b"]},"role":"debug_role"}]
                """;
        assertThat(ResourceParser.parse(json, "*")).isEqualTo(ResourceParser.parse(DOCUMENTED, "*"));
    }

    @Test
    void givesTheDefaultRoleToWhatNamesNone() {
        Resources text = ResourceParser.parse("cpus:1;cpus(*):2;mem(b):3", "a");
        assertThat(text).isEqualTo(ResourceParser.parse("cpus(a):1;cpus:2;mem(b):3", "*"));
        String json = "[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]";
        assertThat(ResourceParser.parse(json, "a")).isEqualTo(ResourceParser.parse("cpus(a):1", "*"));
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("resources"), DOCUMENTED + "\n");
        assertThat(ResourceParser.parse("file://" + file, "*")).isEqualTo(ResourceParser.parse(DOCUMENTED, "*"));
        assertThatThrownBy(() -> ResourceParser.parse("file://" + folder.resolve("absent"), "*"))
                .isInstanceOf(InvalidResources.class)
                .hasMessageContaining("absent");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    cpus                   | missing or extra ':' in cpus
                    cpus:1:2               | missing or extra ':'
                    cpus(a:1               | mismatched parentheses in cpus(a:1
                    cpus)a(:1              | mismatched parentheses
                    cpus:                  | Expecting a value in 'cpus:'
                    cpus:many              | Bad type for resource cpus value many
                    cpus:-1                | value < 0
                    cpus:NaN               | Bad type for resource
                    ports:[1-2             | Expecting ']' at the end of 'ports:[1-2'
                    ports:[1]              | Expecting 'begin-end', found '1'
                    ports:[2-1]            | begin > end
                    ports:[1-3,3-4]        | overlapping ranges
                    ports:[1-99999999999999999999] | Expecting 'begin-end'
                    ports:[1-9999999999999999999]  | too large
                    bugs:{a,a}             | duplicated elements
                    bugs:{a                | Expecting '}'
                    :1                     | Empty resource name
                    cpus(a b):1            | cannot contain spaces
                    cpus():1               | empty string
                    cpus:1;cpus(a):{x}     | different types are not allowed
                    [1]                    | Resource 0 of the JSON array
                    [{"name":"cpus"}]      | Resource 0 of the JSON array
                    [{"name":              | malformed
                    """)
    void refusesNamingThePartAtFault(String text, String words) {
        assertThatThrownBy(() -> ResourceParser.parse(text, "*"))
                .isInstanceOf(InvalidResources.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    "revocable":{}                                                  | Revocable resources
                    "role":"a","reservation":{"principal":"p"}                      | Dynamic reservations
                    "reservations":[{"type":"DYNAMIC","role":"a"}]                  | Dynamic reservations
                    "role":"a","disk":{"persistence":{"id":"x"}}                    | Persistent volumes
                    """)
    void refusesWhatOnlyComesAboutInARunningCluster(String fields, String words) {
        String json = "[{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}," + fields + "}]";
        assertThatThrownBy(() -> ResourceParser.parse(json, "*"))
                .isInstanceOf(InvalidResources.class)
                .hasMessageContaining(words);
    }

    @Test
    void readsAttributes() {
        List<Attribute> attributes = ResourceParser.attributes("rack:abc;zone:west;level:10;keys:[1000-1500];url:a:b");
        assertThat(attributes).extracting(Attribute::name).containsExactly("rack", "zone", "level", "keys", "url");
        assertThat(attributes.get(0).text()).isEqualTo(new Value.Text("abc"));
        assertThat(attributes.get(2).scalar()).isEqualTo(new Value.Scalar(10));
        assertThat(attributes.get(3).ranges()).isEqualTo(new Value.Ranges(List.of(new Value.Range(1000, 1500))));
        assertThat(attributes.get(4).text()).isEqualTo(new Value.Text("a:b"));
        assertThat(ResourceParser.attributes("")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"rack, 'rack'", ":abc, ':abc'", "rack:, 'rack:'", "'keys:{a,b}', 'keys'", "keys:[1-, at the end"})
    void refusesAttributesNamingThem(String text, String words) {
        assertThatThrownBy(() -> ResourceParser.attributes(text))
                .isInstanceOf(InvalidResources.class)
                .hasMessageContaining(words);
    }
}
