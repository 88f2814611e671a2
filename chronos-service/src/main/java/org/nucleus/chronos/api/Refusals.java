package org.nucleus.chronos.api;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.json.BadJob;
import org.nucleus.chronos.leader.Term;
import org.nucleus.chronos.sandbox.SandboxReader;
import org.nucleus.service.http.BoundedBody;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.json.JsonMapper;

/** Error bodies as clients know them, {@code {"message":…,"status":…}}, with a sentence instead of a stack trace. */
@RestControllerAdvice(basePackageClasses = Refusals.class)
class Refusals {
    @ExceptionHandler
    ResponseEntity<String> refused(Refused refusal) {
        return body(HttpStatus.BAD_REQUEST, refusal.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<String> badJob(BadJob refusal) {
        return body(HttpStatus.BAD_REQUEST, refusal.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<String> tooLarge(BoundedBody.TooLarge refusal) {
        return body(HttpStatus.CONTENT_TOO_LARGE, refusal.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<String> unreadable(IOException failure) {
        return body(HttpStatus.BAD_REQUEST, "The body could not be read: " + failure.getMessage());
    }

    @ExceptionHandler({NotLeading.class, Term.Unanswered.class})
    ResponseEntity<String> notNow(RuntimeException failure) {
        return body(HttpStatus.SERVICE_UNAVAILABLE, failure.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<String> unreadable(SandboxReader.Unreadable failure) {
        return body(failure.agentAway() ? HttpStatus.BAD_GATEWAY : HttpStatus.BAD_REQUEST, failure.getMessage());
    }

    private static ResponseEntity<String> body(HttpStatus status, @Nullable String message) {
        String json = JsonMapper.shared()
                .createObjectNode()
                .put("message", message)
                .put("status", status.getReasonPhrase())
                .toString();
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json);
    }
}
