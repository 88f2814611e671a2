package org.nucleus.service.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.service.files.AttachedFiles.Answer;
import org.nucleus.service.files.AttachedFiles.Entry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs and sandboxes for readers: {@code /files/browse}, {@code read}, {@code download} and {@code debug}. Source:
 * files/files.cpp.
 */
@RestController
class FilesEndpoints {
    private static final String NO_PATH = "Expecting 'path=value' in query.\n";

    private final AttachedFiles files;
    private final FilesAccess access;

    FilesEndpoints(AttachedFiles files, FilesAccess access) {
        this.files = files;
        this.access = access;
    }

    @GetMapping({"/files/browse", "/files/browse.json"})
    ResponseEntity<byte[]> browse(@RequestParam(required = false) @Nullable String path) throws InterruptedException {
        if (path == null || path.isEmpty()) {
            return text(400, NO_PATH);
        }
        if (!access.permits(path)) {
            return text(403, "");
        }
        return switch (files.browse(path)) {
            case Answer.Found<List<Entry>>(var entries) -> json(listing(entries));
            case Answer.Refused<List<Entry>>(int status, String message) -> text(status, message);
        };
    }

    @GetMapping({"/files/read", "/files/read.json"})
    ResponseEntity<byte[]> read(
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(defaultValue = "-1") String offset,
            @RequestParam(defaultValue = "-1") String length)
            throws InterruptedException {
        if (path == null || path.isEmpty()) {
            return text(400, NO_PATH);
        }
        if (!access.permits(path)) {
            return text(403, "");
        }
        long from;
        long most;
        try {
            from = Long.parseLong(offset);
            most = Long.parseLong(length);
        } catch (NumberFormatException e) {
            return text(400, "Failed to parse offset or length: " + e.getMessage() + ".\n");
        }
        return switch (files.read(path, from, most)) {
            case Answer.Found<AttachedFiles.Piece>(var piece) -> json(piece(piece));
            case Answer.Refused<AttachedFiles.Piece>(int status, String message) -> text(status, message);
        };
    }

    @GetMapping({"/files/download", "/files/download.json"})
    void download(@RequestParam(required = false) @Nullable String path, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (path == null || path.isEmpty()) {
            refuse(response, 400, NO_PATH);
            return;
        }
        if (!access.permits(path)) {
            refuse(response, 403, "");
            return;
        }
        switch (files.download(path)) {
            case Answer.Found<AttachedFiles.Whole>(var whole) -> send(whole, response);
            case Answer.Refused<AttachedFiles.Whole>(int status, String message) -> refuse(response, status, message);
        }
    }

    /** What is attached, by virtual path. Source: files/files.cpp, FilesProcess::debug. */
    @GetMapping({"/files/debug", "/files/debug.json"})
    ResponseEntity<byte[]> debug() {
        if (!access.seesAttachments()) {
            return text(403, "");
        }
        return json(document(json -> {
            json.writeStartObject();
            new TreeMap<>(files.attachments())
                    .forEach((virtual, real) -> json.writeStringProperty(virtual, real.toString()));
            json.writeEndObject();
        }));
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(message);
    }

    private static void send(AttachedFiles.Whole whole, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(whole.size());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + whole.name().replace('"', '_') + "\"");
        copy(whole, response.getOutputStream());
    }

    /** Exactly as long as announced, also if the file grows meanwhile. */
    private static void copy(AttachedFiles.Whole whole, OutputStream out) throws IOException {
        try (var in = Channels.newInputStream(whole.content())) {
            byte[] buffer = new byte[64 * 1024];
            long left = whole.size();
            int read = 0;
            while (left > 0 && read >= 0) {
                read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read > 0) {
                    out.write(buffer, 0, read);
                    left -= read;
                }
            }
        }
    }

    private static byte[] listing(List<Entry> entries) {
        return document(json -> {
            json.writeStartArray();
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringProperty("gid", entry.gid());
                json.writeStringProperty("mode", entry.mode());
                json.writeNumberProperty("mtime", entry.mtimeSeconds());
                json.writeNumberProperty("nlink", entry.nlink());
                json.writeStringProperty("path", entry.path());
                json.writeNumberProperty("size", entry.size());
                json.writeStringProperty("uid", entry.uid());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static byte[] piece(AttachedFiles.Piece piece) {
        return document(json -> {
            json.writeStartObject();
            json.writeStringProperty("data", new String(piece.data(), StandardCharsets.UTF_8));
            json.writeNumberProperty("offset", piece.offset());
            json.writeEndObject();
        });
    }

    private static byte[] document(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
        try (JsonGenerator json = JsonMapper.shared().createGenerator(out)) {
            content.accept(json);
        }
        return out.toByteArray();
    }

    private static ResponseEntity<byte[]> json(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static ResponseEntity<byte[]> text(int status, String message) {
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_PLAIN)
                .body(message.getBytes(StandardCharsets.UTF_8));
    }
}
