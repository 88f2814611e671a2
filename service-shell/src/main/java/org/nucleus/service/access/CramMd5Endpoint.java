package org.nucleus.service.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /authenticate}: START gets a challenge, STEP with its answer gets a token for {@code Bearer}. */
@RestController
class CramMd5Endpoint {
    private static final String PATH = "/authenticate";
    private static final String MASTER_PATH = "/master/authenticate";
    private static final String MECHANISM = "CRAM-MD5";
    private static final int ANSWER_MOST = 4_096;

    private final CramMd5Exchange exchange;

    CramMd5Endpoint(CramMd5Exchange exchange) {
        this.exchange = exchange;
    }

    record Ask(
            @Nullable String type,
            @Nullable String mechanism,
            @Nullable String session,
            @Nullable String data) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String type,
            @Nullable String session,
            @Nullable String data,
            @Nullable String token,
            @JsonProperty("expires_in_seconds") @Nullable Long expiresInSeconds,
            @Nullable String message) {
        static Answer failed(String message) {
            return new Answer("FAILED", null, null, null, null, message);
        }
    }

    /** Whether a request is part of the exchange. */
    static boolean isExchange(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals(PATH) || path.equals(MASTER_PATH);
    }

    @PostMapping(path = {PATH, MASTER_PATH})
    ResponseEntity<Answer> authenticate(@RequestBody Ask ask) {
        return switch (ask.type()) {
            case "START" -> start(ask);
            case "STEP" -> step(ask);
            case null, default -> ResponseEntity.badRequest().body(Answer.failed("The type must be START or STEP."));
        };
    }

    private ResponseEntity<Answer> start(Ask ask) {
        if (!MECHANISM.equals(ask.mechanism())) {
            return ResponseEntity.badRequest().body(Answer.failed("The only mechanism here is " + MECHANISM + "."));
        }
        CramMd5Exchange.Challenge challenge = exchange.start();
        String data = Base64.getEncoder().encodeToString(challenge.data());
        return ResponseEntity.ok(new Answer("STEP", challenge.session(), data, null, null, null));
    }

    private ResponseEntity<Answer> step(Ask ask) {
        String session = ask.session();
        String data = ask.data();
        if (session == null || data == null || data.length() > ANSWER_MOST) {
            return ResponseEntity.badRequest().body(Answer.failed("STEP needs a session and its answer as data."));
        }
        return decoded(data)
                .flatMap(answer -> exchange.complete(session, answer))
                .map(token -> ResponseEntity.ok(
                        new Answer("COMPLETED", null, null, token, CramMd5Exchange.TOKEN_LIFE.toSeconds(), null)))
                .orElseGet(() -> ResponseEntity.status(401)
                        .header("WWW-Authenticate", "Basic realm=\"nucleus\"")
                        .body(Answer.failed("The answer proves no known principal.")));
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // as wrong as any other wrong answer
        }
    }
}
