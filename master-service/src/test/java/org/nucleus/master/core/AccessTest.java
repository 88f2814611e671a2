package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.access.Acls;
import org.nucleus.access.Authorizer;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.scheduler.Call;

/** What callers may not do, and how they hear of it. */
class AccessTest {
    private static final Authorizer AUTHORIZER = new Authorizer(Acls.parse("""
                    {"permissive": true,
                     "register_frameworks": [{"principals": {"values": ["ads"]}, "roles": {"values": ["ads"]}},
                                             {"principals": {"values": ["ads"]}, "roles": {"type": "NONE"}}],
                     "teardown_frameworks": [{"principals": {"values": ["guest"]}, "framework_principals": {"type": "NONE"}}],
                     "register_agents": [{"principals": {"values": ["guest"]}, "agents": {"type": "NONE"}}]}
                    """));

    private final World world = new World();

    @BeforeEach
    void begin() {
        world.elect("m");
        world.takeSteps();
    }

    private static Caller caller(String principal) {
        return new Caller(principal, AUTHORIZER.grants(Optional.of(principal)));
    }

    private List<String> give(MasterInput... inputs) {
        List<String> lines = new ArrayList<>();
        for (MasterInput input : inputs) {
            world.give(input);
            lines.addAll(Transcript.of(world.takeSteps()));
        }
        return lines;
    }

    private static MasterInput subscribe(String principal, String role) {
        FrameworkInfo info =
                FrameworkInfo.builder().name("f").user("nobody").role(role).build();
        Call call = Call.builder()
                .type(Call.Type.SUBSCRIBE)
                .subscribe(new Call.Subscribe(info, List.of(), null))
                .build();
        return new MasterInput.Subscribe(new StreamId(principal), call, caller(principal));
    }

    @Test
    void aFrameworkMayHaveTheRolesThatItsPrincipalMay() {
        assertThat(give(subscribe("ads", "web")))
                .containsExactly("ads <- ERROR Not authorized to register framework with roles { web }", "ads closed");
        assertThat(give(subscribe("ads", "ads"))).contains("ads <- SUBSCRIBED m-0000");
    }

    @Test
    void theMasterFillsInThePrincipal() {
        give(subscribe("ads", "ads"));
        assertThat(world.picture().frameworks().getFirst().framework().info().principal())
                .isEqualTo("ads");
    }

    @Test
    void callsOfAnotherPrincipalAreRefused() {
        give(subscribe("ads", "ads"));
        Call revive = Call.builder()
                .type(Call.Type.REVIVE)
                .frameworkId(new FrameworkId("m-0000"))
                .build();
        assertThat(give(new MasterInput.SchedulerCall(new Ticket(1), new StreamId("ads"), revive, caller("other"))))
                .containsExactly("reply 400 Authenticated principal 'other' does not match principal 'ads' set in"
                        + " `FrameworkInfo`");
    }

    @Test
    void anOperatorMayEndOnlyWhatTheRulesSay() {
        give(subscribe("ads", "ads"));
        FrameworkId id = new FrameworkId("m-0000");
        assertThat(give(new MasterInput.TeardownFramework(new Ticket(1), id, caller("guest"))))
                .containsExactly("reply 403 Not authorized to tear down framework m-0000");
        assertThat(give(new MasterInput.TeardownFramework(new Ticket(1), id, caller("operator"))))
                .endsWith("reply 200");
        assertThat(give(new MasterInput.TeardownFramework(new Ticket(1), id, caller("operator"))))
                .containsExactly("reply 400 No framework found with specified ID");
    }

    @Test
    void anAgentThatMayNotRegisterIsHungUpOn() {
        AgentInfo info = AgentInfo.builder().hostname("h1").port(5051).build();
        AgentCall call = AgentCall.subscribe(
                null, new AgentCall.Subscribe(info, "1.11.0", List.of(), List.of(), List.of(), List.of()));
        assertThat(give(new MasterInput.AgentSubscribe(new StreamId("a"), call, caller("guest"), "10.0.0.1")))
                .containsExactly("a closed");
    }
}
