package org.nucleus.master.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.nucleus.master.election.Leadership;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.master.election.Standing;
import org.nucleus.service.leader.LeaderProxy;

/** Lets requests in that this master leads for; others are sent to the leader, or asked to come again. */
public final class LeaderGate {
    private final Leadership leadership;

    public LeaderGate(Leadership leadership) {
        this.leadership = leadership;
    }

    /** The term that serves {@code request}; if empty, {@code response} is complete. */
    public Optional<MasterTerm> enter(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (leadership.standing()) {
            case Standing.Leading leading -> {
                return Optional.of(leading.term());
            }
            case Standing.Recovering recovering ->
                Answers.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Master has not finished recovery");
            case Standing.Following following -> {
                if (following.leader().isPresent()) {
                    LeaderProxy.redirect(following.leader().get(), request, response);
                } else {
                    Answers.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "No leader elected");
                }
            }
        }
        return Optional.empty();
    }
}
