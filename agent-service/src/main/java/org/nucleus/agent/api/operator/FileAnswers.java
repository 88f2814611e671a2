package org.nucleus.agent.api.operator;

import org.nucleus.agent.nested.Refused;
import org.nucleus.service.files.AttachedFiles.Answer;
import org.nucleus.service.files.FileCalls;
import org.nucleus.wire.agent.Call;
import org.nucleus.wire.agent.Response;

/** LIST_FILES and READ_FILE in the agent's messages. */
final class FileAnswers {
    private final FileCalls files;

    FileAnswers(FileCalls files) {
        this.files = files;
    }

    Response.ListFiles list(Call.ListFiles call) throws Refused, InterruptedException {
        return new Response.ListFiles(found(files.list(call.path())));
    }

    Response.ReadFile read(Call.ReadFile call) throws Refused, InterruptedException {
        FileCalls.Piece piece = found(files.read(call.path(), call.offset(), call.length()));
        return new Response.ReadFile(piece.size(), piece.data());
    }

    private static <T> T found(Answer<T> answer) throws Refused {
        return switch (answer) {
            case Answer.Found<T>(T value) -> value;
            case Answer.Refused<T>(int status, String message) -> throw new Refused(status, message);
        };
    }
}
