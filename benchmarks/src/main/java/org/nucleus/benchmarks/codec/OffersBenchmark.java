package org.nucleus.benchmarks.codec;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.nucleus.resources.ResourceParser;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.ProtobufCodec;
import org.nucleus.wire.scheduler.Event;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An OFFERS event of 1,000 offers with four resources each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class OffersBenchmark {
    private final Event event = event();
    private final byte[] json = JsonCodec.v1().encode(event);
    private final byte[] protobuf = ProtobufCodec.v1().encode(event);

    @Benchmark
    public byte[] writeJson() {
        return JsonCodec.v1().encode(event);
    }

    @Benchmark
    public Event readJson() {
        return JsonCodec.v1().decode(json, Event.class);
    }

    @Benchmark
    public byte[] writeProtobuf() {
        return ProtobufCodec.v1().encode(event);
    }

    @Benchmark
    public Event readProtobuf() {
        return ProtobufCodec.v1().decode(protobuf, Event.class);
    }

    private static Event event() {
        List<Offer> offers = IntStream.range(0, 1_000)
                .mapToObj(i -> Offer.builder()
                        .id(new OfferId("m-O" + i))
                        .frameworkId(new FrameworkId("m-0000"))
                        .agentId(new AgentId("m-S" + i))
                        .hostname("host-" + i)
                        .resources(ResourceParser.parse("cpus:24;mem:24576;disk:409600;ports:[31000-32000]", "*")
                                .toList())
                        .build())
                .toList();
        return Event.builder()
                .type(Event.Type.OFFERS)
                .offers(new Event.Offers(offers))
                .build();
    }
}
