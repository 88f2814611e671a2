package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.machine.Invariant;
import org.nucleus.wire.Label;
import org.nucleus.wire.Labels;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Source;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

class ResourcesTest {
    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    cpus:1              | cpus:2              | cpus:3
                    cpus:0.1            | cpus:0.2            | cpus:0.3
                    cpus:1              | mem:5               | cpus:1;mem:5
                    ports:[1-2] | ports:[3-4] | ports:[1-4]
                    s:{a,b}             | s:{b,c}             | s:{a,b,c}
                    cpus(a):1           | cpus(b):1           | cpus(b):1;cpus(a):1
                    cpus(a):1;cpus:2    | cpus(a):1           | cpus:2;cpus(a):2
                    cpus:0              | cpus:0              | ''
                    """)
    void addsWhatIsAlike(String left, String right, String sum) {
        assertThat(parse(left).plus(parse(right)))
                .isEqualTo(parse(right).plus(parse(left)))
                .isEqualTo(parse(sum));
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    cpus:2;mem:10       | cpus:2            | true
                    cpus:2;mem:10       | cpus:2;mem:10     | true
                    cpus:2;mem:10       | ''                | true
                    cpus:2              | cpus:2.0004       | true
                    cpus:2              | cpus:2.0005       | false
                    cpus:2              | cpus:1;mem:1      | false
                    cpus(a):2           | cpus:1            | false
                    cpus:2              | cpus(a):1         | false
                    cpus(a):1;cpus:1    | cpus:2            | false
                    ports:[1-9] | ports:[2-3,7-9]   | true
                    ports:[1-9] | ports:[9-10] | false
                    s:{a,b}             | s:{b}             | true
                    s:{a,b}             | s:{c}             | false
                    ''                  | cpus:1            | false
                    """)
    void containsOnlyWhatIsOfTheSameIdentity(String whole, String part, boolean expected) {
        Resources all = parse(whole);
        assertThat(all.contains(parse(part))).isEqualTo(expected);
        assertThat(all.without(parse(part)).isPresent()).isEqualTo(expected);
    }

    @Test
    void tenTenthsAreOne() {
        Resources tenth = parse("cpus:0.1");
        Resources sum = Resources.none();
        for (int i = 0; i < 10; i++) {
            sum = sum.plus(tenth);
        }
        assertThat(sum).isEqualTo(parse("cpus:1"));
    }

    @Test
    void takingAwayMoreThanThereIsIsABug() {
        assertThatThrownBy(() -> parse("cpus:1").minus(parse("cpus:2"))).isInstanceOf(Invariant.Violation.class);
    }

    @Test
    void isPrintedAsTheOriginalDoes() {
        Resources offered =
                parse("ports:[31000-31001];mem:128;cpus:0.5;s:{b,a}").allocatedTo("*");
        assertThat(offered)
                .hasToString("cpus(allocated: *):0.5; mem(allocated: *):128; ports(allocated: *):[31000-31001]; "
                        + "s(allocated: *):{a, b}");
        assertThat(offered.toShortText()).isEqualTo("cpus:0.5; mem:128; ports:[31000-31001]; s:{a, b}");
        assertThat(Resources.none()).hasToString("{}");
        assertThat(Resources.of(volume("id1", 10)).toString())
                .isEqualTo("disk(reservations: [(STATIC,ads)])[id1:data]:10");
    }

    @Test
    void allocationKeepsApartUntilItIsTakenOff() {
        Resources both = parse("cpus:1").allocatedTo("a").plus(parse("cpus:2").allocatedTo("b"));
        assertThat(both.toList()).hasSize(2);
        assertThat(both.contains(parse("cpus:1"))).isFalse();
        assertThat(both.unallocated()).isEqualTo(parse("cpus:3"));
        assertThat(both.allocations().keySet()).containsExactly("a", "b");
        assertThat(both.allocations().get("b")).isEqualTo(parse("cpus:2").allocatedTo("b"));
        assertThat(both.thousandths("cpus")).isEqualTo(3000);
    }

    @Test
    void theOlderAndTheNewerFormOfAReservationAreTheSame() {
        Resource older = cpus(1).role("ads")
                .reservation(new ReservationInfo(null, null, "ops", null))
                .build();
        Resource newer = cpus(1).reservations(
                        List.of(new ReservationInfo(ReservationInfo.Type.DYNAMIC, "ads", "ops", null)))
                .build();
        assertThat(Resources.of(older)).isEqualTo(Resources.of(newer)).isNotEqualTo(parse("cpus(ads):1"));
        assertThat(Resources.of(newer).toList()).containsExactly(older);
        assertThat(Resources.of(older).toList(Reservations.Form.REFINED)).containsExactly(newer);
        assertThat(Resources.of(Resources.of(older).toList(Reservations.Form.ENDPOINT)))
                .isEqualTo(Resources.of(older));
    }

    @Test
    void theUnreservedHaveTheRoleOfEverybodyOnTheWire() {
        assertThat(parse("cpus:1").toList()).containsExactly(cpus(1).role("*").build());
        assertThat(Resources.of(cpus(1).build())).isEqualTo(parse("cpus:1"));
    }

    @Test
    void labelsKeepReservationsApartButTheirOrderDoesNot() {
        Resources xy = Resources.of(reserved(new Label("x", "1"), new Label("y", null)));
        Resources yx = Resources.of(reserved(new Label("y", null), new Label("x", "1")));
        Resources x = Resources.of(reserved(new Label("x", "1")));
        assertThat(xy).isEqualTo(yx);
        assertThat(xy.plus(x).toList()).hasSize(2);
        assertThat(xy.contains(x)).isFalse();
    }

    @Test
    void rolesBelowGetWhatIsReservedAbove() {
        Resources all = parse("cpus:1;cpus(a):2;cpus(a/b):4;cpus(ab):8");
        assertThat(all.allocatableTo("a/b/c").thousandths("cpus")).isEqualTo(7000);
        assertThat(all.allocatableTo("a").thousandths("cpus")).isEqualTo(3000);
        assertThat(all.allocatableTo("ab").thousandths("cpus")).isEqualTo(9000);
        assertThat(all.reservations().keySet()).containsExactly("a", "a/b", "ab");
        assertThat(all.reservedTo("a")).isEqualTo(parse("cpus(a):2"));
        assertThat(all.unreserved()).isEqualTo(parse("cpus:1"));
    }

    @Test
    void aReservationIsRefinedAndTakenBack() {
        Resources refined =
                parse("cpus(a):2").reservedBy(new ReservationInfo(ReservationInfo.Type.DYNAMIC, "a/b", "ops", null));
        assertThat(refined.refined()).isEqualTo(refined);
        assertThat(refined.toList().getFirst().role()).isNull();
        assertThat(refined.unreservedOnce()).isEqualTo(parse("cpus(a):2"));
        assertThat(refined.toUnreserved()).isEqualTo(parse("cpus:2"));
        assertThat(Resources.of(refined.toList())).isEqualTo(refined);
    }

    @Test
    void persistentVolumesAreNeverMerged() {
        Resources two = Resources.of(volume("id1", 10), volume("id2", 10));
        assertThat(two.toList()).hasSize(2);
        assertThat(two.contains(Resources.of(volume("id1", 10)))).isTrue();
        assertThat(two.contains(Resources.of(volume("id1", 5))))
                .as("only as a whole")
                .isFalse();
        assertThat(two.contains(Resources.of(volume("id3", 10)))).isFalse();
        assertThat(two.minus(Resources.of(volume("id1", 10)))).isEqualTo(Resources.of(volume("id2", 10)));
        assertThat(two.withoutPersistence()).isEqualTo(parse("disk(ads):20"));
        assertThat(two.persistentVolumes()).isEqualTo(two);
    }

    @Test
    void disksThatAreUsedWholeAreNeverSplit() {
        Resources mount = Resources.of(disk(Source.Type.MOUNT, 10));
        Resources path = Resources.of(disk(Source.Type.PATH, 10));
        assertThat(mount.contains(Resources.of(disk(Source.Type.MOUNT, 4)))).isFalse();
        assertThat(path.contains(Resources.of(disk(Source.Type.PATH, 4)))).isTrue();
        Resources twice = mount.plus(mount);
        assertThat(twice.toList()).hasSize(2);
        assertThat(twice.minus(mount)).isEqualTo(mount);
        assertThat(path.plus(path).toList()).hasSize(1);
        assertThat(path.plus(mount).plus(parse("disk:1")).thousandths("disk")).isEqualTo(21_000);
    }

    @Test
    void sharedVolumesCountTheirUsers() {
        Resource wire =
                volume("id1", 10).toBuilder().shared(new Resource.SharedInfo()).build();
        Resources one = Resources.of(wire);
        Resources three = one.plus(one).plus(one);
        assertThat(three.toList()).containsExactly(one.toList().getFirst());
        assertThat(three.thousandths("disk")).isEqualTo(10_000);
        assertThat(three.contains(one.plus(one))).isTrue();
        assertThat(one.contains(three)).isFalse();
        assertThat(three.minus(one).minus(one)).isEqualTo(one);
        assertThat(three.oneOfEachShared()).isEqualTo(one);
        assertThat(three.nonShared().isEmpty()).isTrue();
    }

    @Test
    void textsThatLookAlikeStayApart() {
        DiskInfo tricky = new DiskInfo(new DiskInfo.Persistence("x, principal=y", null), volumeAt("data"), null);
        DiskInfo plain = new DiskInfo(new DiskInfo.Persistence("x", "y"), volumeAt("data"), null);
        Resource a = volume("x", 1).toBuilder().disk(tricky).build();
        Resource b = volume("x", 1).toBuilder().disk(plain).build();
        assertThat(Resources.of(a).contains(Resources.of(b))).isFalse();
        assertThat(Resources.of(a, b).toList()).hasSize(2);
    }

    @Test
    void takesReservedResourcesFirst() {
        Resources offer = parse("cpus:4;cpus(a):1;ports(a):[1-5];ports:[10-20]");
        assertThat(offer.take(Scalar.of("cpus", 2))).contains(parse("cpus(a):1;cpus:1"));
        assertThat(offer.take(Scalar.of("cpus", 5.001))).isEmpty();
        assertThat(offer.take("ports", Ranges.of(4, 5).plus(Ranges.of(10, 11))))
                .contains(parse("ports(a):[4-5];ports:[10-11]"));
        assertThat(offer.take("ports", Ranges.of(5, 6))).isEmpty();
        assertThat(Resources.of(volume("id1", 10)).take(Scalar.of("disk", 1))).isEmpty();
    }

    @Test
    void cutsScalarsToALimit() {
        Resources all = parse("cpus:4;cpus(a):2;mem:100;ports:[1-2]").plus(Resources.of(disk(Source.Type.MOUNT, 10)));
        Resources cut = all.atMost(Map.of("cpus", 5000L, "disk", 9000L, "gpus", 0L));
        assertThat(cut.thousandths("cpus")).isEqualTo(5000);
        assertThat(cut.thousandths("mem")).isEqualTo(100_000);
        assertThat(cut.thousandths("disk"))
                .as("a mounted disk is all or nothing")
                .isZero();
        assertThat(all.contains(cut)).isTrue();
        assertThat(all.atMost(Map.of("cpus", 0L)).named("cpus").isEmpty()).isTrue();
    }

    @Test
    void revocableAndOrdinaryAreNotTheSame() {
        Resources revocable =
                Resources.of(cpus(1).revocable(new Resource.RevocableInfo()).build());
        Resources all = parse("cpus:1").plus(revocable);
        assertThat(all.revocable()).isEqualTo(revocable);
        assertThat(all.nonRevocable()).isEqualTo(parse("cpus:1"));
        assertThat(all.thousandths("cpus")).isEqualTo(2000);
        assertThat(parse("cpus:5").contains(revocable)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                [{"name":"","type":"SCALAR","scalar":{"value":1}}] | Empty resource name
                [{"name":"cpus","type":"SCALAR","scalar":{"value":-1}}] | value < 0
                [{"name":"cpus","type":"SCALAR","scalar":{"value":"Infinity"}}] | not a number up to
                [{"name":"cpus","type":"SCALAR","scalar":{"value":1e13}}] | not a number up to
                [{"name":"cpus","type":"SCALAR"}] | Invalid scalar resource
                [{"name":"gpus","type":"SCALAR","scalar":{"value":0.5}}] | unsigned integer
                [{"name":"p","type":"RANGES","ranges":{"range":[{"begin":3,"end":2}]}}]    | begin > end
                [{"name":"p","type":"RANGES","ranges":{"range":[{"begin":1,"end":3},{"begin":3,"end":4}]}}] | overlap
                [{"name":"s","type":"SET","set":{"item":["a","a"]}}] | duplicated elements
                [{"name":"t","type":"TEXT"}] | Unsupported resource type
                [{"name":"cpus","type":"SCALAR","scalar":{"value":1},"role":"a//b"}] | adjacent slashes
                [{"name":"cpus","type":"SCALAR","scalar":{"value":1},"disk":{}}]  | DiskInfo should not be set
                [{"name":"cpus","type":"SCALAR","scalar":{"value":1},"shared":{}}] | cannot be shared
                [{"name":"disk","type":"SCALAR","scalar":{"value":1},"shared":{}}] | Only persistent volumes
                """)
    void refusesWhatBreaksARule(String json, String words) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(InvalidResources.class)
                .hasMessageContaining(words);
    }

    @Test
    void refusesReservationsThatContradict() {
        var dynamic = ReservationInfo.Type.DYNAMIC;
        var a = new ReservationInfo(dynamic, "a", null, null);
        refuses(cpus(1).role("*").reservation(new ReservationInfo(null, null, "p", null)), "cannot be dynamically");
        refuses(cpus(1).reservation(new ReservationInfo(null, null, "p", null)), "cannot be dynamically");
        refuses(cpus(1).role("b").reservations(List.of(a)), "'reservations' end with 'a'");
        refuses(cpus(1).reservations(List.of(a, new ReservationInfo(dynamic, "ab", null, null))), "not a refinement");
        refuses(cpus(1).reservations(List.of(a, a)), "not a refinement");
        refuses(
                cpus(1).reservations(List.of(a, new ReservationInfo(ReservationInfo.Type.STATIC, "a/b", null, null))),
                "cannot be STATIC");
        refuses(cpus(1).reservations(List.of(new ReservationInfo(dynamic, "*", null, null))), "cannot be reserved");
        refuses(cpus(1).reservations(List.of(new ReservationInfo(null, "a", null, null))), "'type' is missing");
    }

    @Test
    void refusesSumsBeyondCounting() {
        List<Resource> many = Collections.nCopies(10_000, cpus(1e12).build());
        assertThat(ResourceRules.refusal(many)).get().asString().contains("'cpus'");
        assertThat(ResourceRules.refusal(List.of(cpus(1e12).build()))).isEmpty();
    }

    private static void refuses(Resource.Builder resource, String words) {
        Optional<String> refusal = ResourceRules.refusal(List.of(resource.build()));
        assertThat(refusal).get().asString().contains(words);
    }

    private static Resource.Builder cpus(double value) {
        return Resource.builder().name("cpus").type(Value.Type.SCALAR).scalar(new Value.Scalar(value));
    }

    private static Resource reserved(Label... labels) {
        var info = new ReservationInfo(ReservationInfo.Type.DYNAMIC, "a", "p", new Labels(List.of(labels)));
        return cpus(1).reservations(List.of(info)).build();
    }

    private static Resource disk(Source.Type type, double value) {
        var source =
                Source.builder().type(type).mount(new Source.Mount("/mnt/1")).build();
        return Resource.builder()
                .name("disk")
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .disk(new DiskInfo(null, null, source))
                .build();
    }

    private static Resource volume(String id, double value) {
        return Resource.builder()
                .name("disk")
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .role("ads")
                .disk(new DiskInfo(new DiskInfo.Persistence(id, null), volumeAt("data"), null))
                .build();
    }

    private static Volume volumeAt(String path) {
        return Volume.builder().mode(Volume.Mode.RW).containerPath(path).build();
    }

    private static Resources parse(String text) {
        return ResourceParser.parse(text, "*");
    }
}
