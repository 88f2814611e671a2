package org.nucleus.service.leader;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a request to the leader and its answer back, as it comes: also endless ones. Requests carry who handed them on;
 * one that comes round again is refused, since two servers then believe each other to be the leader.
 */
public final class LeaderProxy implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaderProxy.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int BUFFER = 16_384;
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private final String self;
    private final String viaHeader;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * @param self {@code host:port} under which this server is known
     * @param viaHeader for example {@code X-Marathon-Via}
     */
    public LeaderProxy(String self, String viaHeader) {
        this.self = self;
        this.viaHeader = viaHeader;
    }

    /** Answers 307 with a protocol-relative location: the same path and query at {@code leader} ({@code host:port}). */
    public static void redirect(String leader, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
        response.setHeader("Location", "//" + leader + pathAndQuery(request));
    }

    /** Lets {@code leader} ({@code host:port}) answer {@code request}: 502 if it can't be reached or hands it on. */
    public void forward(String leader, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String via = request.getHeader(viaHeader);
        if (via != null && via.contains(self) || leader.equals(self)) {
            refuse(response, "This request came round again: no server believes itself to be the leader.");
            return;
        }
        HttpRequest copy = copy(leader, request, via);
        HttpResponse<InputStream> answer;
        try {
            answer = http.send(copy, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(response, "This server is stopping.");
            return;
        } catch (IOException e) {
            log.atInfo().addKeyValue("leader", leader).setCause(e).log("No answer from the leader");
            boolean unreachable = e instanceof ConnectException || e instanceof HttpTimeoutException;
            String how = unreachable ? " cannot be reached now." : " broke off before it answered.";
            refuse(response, "The leader " + leader + how);
            return;
        }
        copy(answer, response);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest copy(String leader, HttpServletRequest request, @Nullable String via) throws IOException {
        URI target = URI.create("http://" + leader + pathAndQuery(request));
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        HttpRequest.BodyPublisher body = hasBody
                ? HttpRequest.BodyPublishers.ofByteArray(
                        request.getInputStream().readAllBytes())
                : HttpRequest.BodyPublishers.noBody();
        HttpRequest.Builder copy = HttpRequest.newBuilder(target).method(request.getMethod(), body);
        for (String name : Collections.list(request.getHeaderNames())) {
            if (isEndToEnd(name) && !name.equalsIgnoreCase(viaHeader)) {
                Collections.list(request.getHeaders(name)).forEach(value -> copy.header(name, value));
            }
        }
        copy.header(viaHeader, via == null ? self : via + ", " + self);
        return copy.build();
    }

    private static void copy(HttpResponse<InputStream> answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.statusCode());
        answer.headers().map().forEach((name, values) -> {
            if (isEndToEnd(name)) {
                response.setHeader(name, values.getFirst());
                values.stream().skip(1).forEach(value -> response.addHeader(name, value));
            }
        });
        try (InputStream in = answer.body()) {
            OutputStream out = response.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        }
    }

    private static boolean isEndToEnd(String header) {
        return !HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    private static String pathAndQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    private static void refuse(HttpServletResponse response, String message) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write(message);
    }
}
