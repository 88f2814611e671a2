package org.nucleus.marathon.api;

import org.nucleus.marathon.access.Caller;
import org.nucleus.marathon.api.format.Problems;
import org.nucleus.marathon.term.Questions;
import org.nucleus.service.http.BoundedBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Refusals and faults as the original's error bodies. */
@RestControllerAdvice
class Errors {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);

    @ExceptionHandler
    ResponseEntity<String> refused(Problems.Refused refused) {
        return Answers.json(422, refused.body());
    }

    @ExceptionHandler
    ResponseEntity<String> answered(Bodies.Answered answered) {
        return Answers.json(answered.status(), answered.body());
    }

    @ExceptionHandler
    ResponseEntity<String> unanswered(Questions.Unanswered unanswered) {
        return Answers.json(503, Bodies.message(String.valueOf(unanswered.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<String> forbidden(Caller.Forbidden forbidden) {
        return Answers.json(403, Bodies.message(String.valueOf(forbidden.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<String> tooLarge(BoundedBody.TooLarge tooLarge) {
        return Answers.json(413, Bodies.message(String.valueOf(tooLarge.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<String> unknown(NoResourceFoundException unknown) {
        return Answers.json(404, Bodies.message("URI not found"));
    }

    /** Whatever Spring refuses by itself, and bugs. */
    @ExceptionHandler
    ResponseEntity<String> other(Exception e) {
        if (e instanceof ErrorResponse known) {
            int status = known.getStatusCode().value();
            String message = switch (status) {
                case 406 -> "Not Acceptable";
                case 415 -> "Unsupported Media Type";
                case 405 -> "Method Not Allowed";
                default -> "The request cannot be understood";
            };
            return Answers.json(status, Bodies.message(message));
        }
        log.atError().setCause(e).log("A request failed");
        return Answers.json(500, Bodies.message("Internal server error"));
    }
}
