package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.master.core.state.Picture;
import org.nucleus.wire.Offer;

/** The same history gives the same steps, to the letter. */
class DeterminismTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void equalHistoriesGiveEqualTraces(long seed) {
        assertThat(checksum(seed)).isEqualTo(checksum(seed));
    }

    private static long checksum(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        World world = new World();
        Player player = new Player(world);
        CRC32 checksum = new CRC32();
        List<String> lines = new ArrayList<>(List.of("elected m"));
        for (int i = 0; i < 20; i++) {
            lines.add("agent h" + i + " cpus=" + (1 + random.nextInt(8)) + " mem=4096");
        }
        for (int i = 0; i < 5; i++) {
            lines.add("framework f" + i + " role=r" + random.nextInt(3));
        }
        lines.forEach(line -> feed(player, line, checksum));
        for (int i = 0; i < 200; i++) {
            feed(player, next(world, random, i), checksum);
        }
        return checksum.getValue();
    }

    private static String next(World world, RandomGenerator random, int number) {
        List<Picture.FrameworkPicture> frameworks = world.picture().frameworks();
        Picture.FrameworkPicture framework = frameworks.get(random.nextInt(frameworks.size()));
        String name = framework.framework().info().name();
        if (framework.offers().isEmpty() || random.nextInt(4) == 0) {
            return random.nextBoolean() ? "revive " + name : "wait 2s";
        }
        Offer offer = framework.offers().get(random.nextInt(framework.offers().size()));
        return random.nextBoolean()
                ? "decline " + name + " offers=" + offer.id() + " refuse=" + random.nextInt(10)
                : "accept " + name + " offers=" + offer.id() + " on=" + offer.hostname() + " tasks=t" + number
                        + " cpus=1 mem=128";
    }

    private static void feed(Player player, String line, CRC32 checksum) {
        player.play(line).forEach(each -> checksum.update(each.getBytes(StandardCharsets.UTF_8)));
    }
}
