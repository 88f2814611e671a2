package org.nucleus.marathon.scheduler;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.scheduler.SchedulerClient;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the master says to the machine, and the machine's calls to the master. */
public final class SchedulerLink implements SchedulerClient.Listener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SchedulerLink.class);

    private final SchedulerClient client;
    private final Consumer<MarathonInput> inputs;
    private final Function<List<String>, FrameworkInfo> framework;

    /** @param framework what we are to the master, under some roles */
    public SchedulerLink(
            SchedulerClient.Settings settings,
            Consumer<MarathonInput> inputs,
            Function<List<String>, FrameworkInfo> framework) {
        this.client = new SchedulerClient(settings, this);
        this.framework = framework;
        this.inputs = inputs;
    }

    /** Subscribes with what {@code framework} gives at each try: its id is known only after the first. */
    public void start(Supplier<FrameworkInfo> framework) {
        client.start(() -> new Call.Subscribe(framework.get(), List.of(), null));
    }

    /** Sends {@code call} if we are subscribed; what is lost otherwise comes to light when we reconcile. */
    public void send(Call call) {
        if (!client.send(call)) {
            log.atDebug().addKeyValue("call", call.type()).log("Not subscribed: a call was not sent");
        }
    }

    /** Resources are wanted under {@code roles} from now on. */
    public void takeRoles(List<String> roles) {
        send(Call.builder()
                .type(Call.Type.UPDATE_FRAMEWORK)
                .updateFramework(new Call.UpdateFramework(framework.apply(roles), List.of(), null))
                .build());
    }

    @Override
    public void subscribed(Event.Subscribed event) {
        var master = event.masterInfo();
        String address = master == null ? "" : master.hostname() + ":" + master.port();
        log.atInfo()
                .addKeyValue("framework", event.frameworkId())
                .addKeyValue("master", address)
                .log("Subscribed");
        inputs.accept(new MarathonInput.Subscribed(event.frameworkId().value(), address, region(master)));
    }

    private static @Nullable String region(@Nullable MasterInfo master) {
        var domain = master == null ? null : master.domain();
        var fault = domain == null ? null : domain.faultDomain();
        return fault == null ? null : fault.region().name();
    }

    @Override
    public void received(Event event) {
        Event.Type type = event.type();
        if (type == Event.Type.OFFERS && event.offers() != null) {
            inputs.accept(new MarathonInput.Offered(event.offers().offers()));
        } else if (type == Event.Type.UPDATE && event.update() != null) {
            inputs.accept(new MarathonInput.Updated(event.update().status()));
        } else if (type == Event.Type.MESSAGE && event.message() != null) {
            Event.Message message = event.message();
            inputs.accept(new MarathonInput.Heard(
                    message.executorId().value(),
                    message.agentId().value(),
                    new String(message.data().toByteArray(), StandardCharsets.UTF_8)));
        } else if (type == Event.Type.ERROR && event.error() != null) {
            inputs.accept(new MarathonInput.Removed(event.error().message()));
        } else {
            // offers are answered as they come, so none is left to be rescinded; executors are not ours
            log.atDebug().addKeyValue("event", type).log("Nothing to do for an event");
        }
    }

    @Override
    public void disconnected(String reason) {
        log.atWarn().addKeyValue("reason", reason).log("Disconnected from the master");
        inputs.accept(new MarathonInput.Disconnected());
    }

    @Override
    public void refused(int status, String message, Call call) {
        log.atWarn()
                .addKeyValue("call", call.type())
                .addKeyValue("status", status)
                .addKeyValue("message", message)
                .log("The master refused a call");
    }

    @Override
    public void close() {
        client.close();
    }
}
