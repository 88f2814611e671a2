package org.nucleus.chronos.notice;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.ChronosProperties;
import org.nucleus.service.flags.FlagsException;

/** The channels that the operator has set up. */
public final class Channels {
    private static final int SMTP = 25;
    private static final int SMTPS = 465;

    private Channels() {}

    /** @throws FlagsException if a flag cannot be what it says */
    public static List<Channel> of(ChronosProperties properties) {
        List<Channel> channels = new ArrayList<>();
        if (properties.mailServer() != null) {
            channels.add(mail(properties, properties.mailServer()));
        }
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        if (properties.slackUrl() != null) {
            channels.add(new HttpChannel(client, "slack", uri("slack_url", properties.slackUrl()), null, Bodies::text));
        }
        if (properties.mattermostUrl() != null) {
            channels.add(new HttpChannel(
                    client, "mattermost", uri("mattermost_url", properties.mattermostUrl()), null, Bodies::text));
        }
        if (properties.httpNotificationUrl() != null) {
            channels.add(new HttpChannel(
                    client,
                    "http",
                    uri("http_notification_url", properties.httpNotificationUrl()),
                    properties.httpNotificationCredentials(),
                    Bodies::flat));
        }
        return channels;
    }

    private static MailChannel mail(ChronosProperties properties, String server) {
        String[] parts = server.split(":", 2);
        String from = properties.mailFrom() != null ? properties.mailFrom() : properties.mailUser();
        if (from == null) {
            throw new FlagsException("With --mail_server, set --mail_from.");
        }
        int port = parts.length > 1 ? port(parts[1]) : properties.mailSsl() ? SMTPS : SMTP;
        return new MailChannel(
                new MailChannel.Server(
                        parts[0], port, properties.mailSsl(), properties.mailUser(), properties.mailPassword()),
                from);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new FlagsException("The flag --mail_server must be host or host:port.");
        }
    }

    private static URI uri(String flag, @Nullable String text) {
        try {
            URI uri = URI.create(text == null ? "" : text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // refused below, as a URL of another kind is
        }
        throw new FlagsException("The flag --" + flag + " must be a URL of http or https.");
    }
}
