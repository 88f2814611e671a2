package org.nucleus.master.api.operator;

import java.util.List;
import java.util.Objects;
import org.nucleus.service.files.AttachedFiles.Answer;
import org.nucleus.service.files.FileCalls;
import org.nucleus.wire.FileInfo;
import org.nucleus.wire.master.Call;
import org.nucleus.wire.master.Response;

/** LIST_FILES and READ_FILE in the master's messages. */
final class FileAnswers {
    private final FileCalls files;

    FileAnswers(FileCalls files) {
        this.files = files;
    }

    /** @param call one of the two, and valid */
    Answer<Response> answer(Call call) throws InterruptedException {
        return call.type() == Call.Type.LIST_FILES
                ? list(Objects.requireNonNull(call.listFiles()))
                : read(Objects.requireNonNull(call.readFile()));
    }

    private Answer<Response> list(Call.ListFiles call) throws InterruptedException {
        return switch (files.list(call.path())) {
            case Answer.Found<List<FileInfo>>(var found) ->
                new Answer.Found<>(Response.of(new Response.ListFiles(found)));
            case Answer.Refused<List<FileInfo>>(int status, String message) -> new Answer.Refused<>(status, message);
        };
    }

    private Answer<Response> read(Call.ReadFile call) throws InterruptedException {
        return switch (files.read(call.path(), call.offset(), call.length())) {
            case Answer.Found<FileCalls.Piece>(var piece) ->
                new Answer.Found<>(Response.of(new Response.ReadFile(piece.size(), piece.data())));
            case Answer.Refused<FileCalls.Piece>(int status, String message) -> new Answer.Refused<>(status, message);
        };
    }
}
