package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Persistence;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Resource.SharedInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

class ConversionTest {
    private static final ReservationInfo ADS = new ReservationInfo(ReservationInfo.Type.DYNAMIC, "ads", "ops", null);
    private static final ReservationInfo ADS_EU =
            new ReservationInfo(ReservationInfo.Type.DYNAMIC, "ads/eu", "ops", null);
    private static final ReservationInfo STATIC_ADS =
            new ReservationInfo(ReservationInfo.Type.STATIC, "ads", null, null);

    @Test
    void reservingTakesWhatIsNotReserved() {
        Conversion reserve = reserve(scalar("cpus", 2, ADS));
        assertThat(reserve.applyTo(Resources.of(scalar("cpus", 3))))
                .contains(Resources.of(scalar("cpus", 1), scalar("cpus", 2, ADS)));
        assertThat(reserve.applyTo(Resources.of(scalar("cpus", 1)))).isEmpty();
        assertThat(reserve.applyTo(Resources.of(scalar("cpus", 3, ADS)))).isEmpty();
    }

    @Test
    void refiningTakesWhatIsReservedAbove() {
        Conversion refine = reserve(scalar("cpus", 2, STATIC_ADS, ADS_EU));
        assertThat(refine.applyTo(Resources.of(scalar("cpus", 2, STATIC_ADS))))
                .contains(Resources.of(scalar("cpus", 2, STATIC_ADS, ADS_EU)));
        assertThat(refine.applyTo(Resources.of(scalar("cpus", 2)))).isEmpty();
    }

    @Test
    void aReservationWithASourceIsReplaced() {
        var operation = Operation.builder()
                .type(Operation.Type.RESERVE)
                .reserve(
                        new Operation.Reserve(List.of(scalar("cpus", 2, ADS)), List.of(scalar("cpus", 2, ADS, ADS_EU))))
                .build();
        Conversion relabel = Conversion.of(operation).orElseThrow();
        assertThat(relabel.applyTo(Resources.of(scalar("cpus", 2, ADS))))
                .contains(Resources.of(scalar("cpus", 2, ADS, ADS_EU)));
    }

    @Test
    void unreservingTakesAwayTheOutermostReservation() {
        var operation = Operation.builder()
                .type(Operation.Type.UNRESERVE)
                .unreserve(new Operation.Unreserve(List.of(scalar("cpus", 1, ADS, ADS_EU))))
                .build();
        Conversion unreserve = Conversion.of(operation).orElseThrow();
        assertThat(unreserve.applyTo(Resources.of(scalar("cpus", 2, ADS, ADS_EU))))
                .contains(Resources.of(scalar("cpus", 1, ADS, ADS_EU), scalar("cpus", 1, ADS)));
    }

    @Test
    void unreservingWhatIsNotReservedIsInvalid() {
        var operation = Operation.builder()
                .type(Operation.Type.UNRESERVE)
                .unreserve(new Operation.Unreserve(List.of(scalar("cpus", 1))))
                .build();
        assertThatThrownBy(() -> Conversion.of(operation))
                .isInstanceOf(InvalidResources.class)
                .hasMessageContaining("is not dynamically reserved");
    }

    @Test
    void aVolumeIsMadeOfReservedDiskAndBecomesItAgain() {
        Resource volume = volume("data", 10);
        Resources disk = Resources.of(scalar("disk", 15, ADS));
        Resources made = create(volume).applyTo(disk).orElseThrow();
        assertThat(made).isEqualTo(Resources.of(volume, scalar("disk", 5, ADS)));
        var destroy = Operation.builder()
                .type(Operation.Type.DESTROY)
                .destroy(new Operation.Destroy(List.of(volume)))
                .build();
        assertThat(Conversion.of(destroy).orElseThrow().applyTo(made)).contains(disk);
    }

    @Test
    void aSharedVolumeIsMadeOfDiskThatIsNot() {
        Resource shared =
                volume("data", 10).toBuilder().shared(new SharedInfo()).build();
        assertThat(create(shared).applyTo(Resources.of(scalar("disk", 10, ADS))))
                .contains(Resources.of(shared));
    }

    @Test
    void aVolumeGrowsAndShrinks() {
        var grow = Operation.builder()
                .type(Operation.Type.GROW_VOLUME)
                .growVolume(new Operation.GrowVolume(volume("data", 10), scalar("disk", 5, ADS)))
                .build();
        Resources small = Resources.of(volume("data", 10), scalar("disk", 5, ADS));
        Resources big = Resources.of(volume("data", 15));
        assertThat(Conversion.of(grow).orElseThrow().applyTo(small)).contains(big);
        var shrink = Operation.builder()
                .type(Operation.Type.SHRINK_VOLUME)
                .shrinkVolume(new Operation.ShrinkVolume(volume("data", 15), new Value.Scalar(5)))
                .build();
        assertThat(Conversion.of(shrink).orElseThrow().applyTo(big)).contains(small);
    }

    @Test
    void aVolumeDoesNotShrinkToNothing() {
        var shrink = Operation.builder()
                .type(Operation.Type.SHRINK_VOLUME)
                .shrinkVolume(new Operation.ShrinkVolume(volume("data", 15), new Value.Scalar(15)))
                .build();
        assertThatThrownBy(() -> Conversion.of(shrink)).isInstanceOf(InvalidResources.class);
    }

    @Test
    void whatIsCheckpointedIsWhatWasNotConfigured() {
        Resources total = Resources.of(
                scalar("cpus", 1),
                scalar("cpus", 1, STATIC_ADS),
                scalar("mem", 5, STATIC_ADS, ADS_EU),
                volume("data", 10));
        assertThat(total.checkpointed())
                .isEqualTo(Resources.of(scalar("mem", 5, STATIC_ADS, ADS_EU), volume("data", 10)));
        assertThat(total.asConfigured())
                .isEqualTo(Resources.of(
                        scalar("cpus", 1),
                        scalar("cpus", 1, STATIC_ADS),
                        scalar("mem", 5, STATIC_ADS),
                        scalar("disk", 10)));
    }

    @Test
    void aSharedVolumeInUseStaysForOthers() {
        Resource shared =
                volume("data", 10).toBuilder().shared(new SharedInfo()).build();
        Resources total = Resources.of(shared, scalar("cpus", 2));
        Resources twice = Resources.of(shared, shared, scalar("cpus", 1));
        assertThat(total.besides(twice)).contains(Resources.of(shared, scalar("cpus", 1)));
        assertThat(Resources.of(scalar("cpus", 2)).besides(twice)).isEmpty();
        assertThat(total.besides(Resources.of(scalar("cpus", 3)))).isEmpty();
    }

    private static Conversion reserve(Resource target) {
        return Conversion.of(Operation.builder()
                        .type(Operation.Type.RESERVE)
                        .reserve(new Operation.Reserve(List.of(), List.of(target)))
                        .build())
                .orElseThrow();
    }

    private static Conversion create(Resource volume) {
        return Conversion.of(Operation.builder()
                        .type(Operation.Type.CREATE)
                        .create(new Operation.Create(List.of(volume)))
                        .build())
                .orElseThrow();
    }

    private static Resource scalar(String name, double value, ReservationInfo... stack) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .reservations(List.of(stack))
                .build();
    }

    private static Resource volume(String id, double size) {
        Volume volume =
                Volume.builder().mode(Volume.Mode.RW).containerPath("data").build();
        return scalar("disk", size, ADS).toBuilder()
                .disk(new DiskInfo(new Persistence(id, "ops"), volume, null))
                .build();
    }
}
