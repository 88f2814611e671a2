package org.nucleus.chronos.notice;

import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Notice;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** One mail to each address of the job's owner. A job without an owner is nobody's to hear of. */
final class MailChannel implements Channel {
    private static final String TIMEOUT_MILLIS = "10000";

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final String from;

    /** @param password absent for a server that asks for none */
    record Server(
            String host,
            int port,
            boolean ssl,
            @Nullable String user,
            @Nullable String password) {}

    MailChannel(Server server, String from) {
        this.from = from;
        sender.setHost(server.host());
        sender.setPort(server.port());
        sender.setUsername(server.user());
        sender.setPassword(server.password());
        Properties session = sender.getJavaMailProperties();
        session.setProperty("mail.smtp.auth", Boolean.toString(server.user() != null));
        session.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.ssl()));
        for (String phase : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            session.setProperty("mail.smtp." + phase, TIMEOUT_MILLIS);
        }
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void deliver(Notice notice, String subject, Optional<Job> job) throws IOException {
        SimpleMailMessage[] mails = Stream.of(notice.owner().split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(address -> mail(address, subject, notice))
                .toArray(SimpleMailMessage[]::new);
        try {
            if (mails.length > 0) {
                sender.send(mails);
            }
        } catch (MailException e) {
            throw new IOException("The mail server did not take the mail", e);
        }
    }

    private SimpleMailMessage mail(String address, String subject, Notice notice) {
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setFrom(from);
        mail.setTo(address);
        mail.setSubject(subject);
        mail.setText(notice.message());
        return mail;
    }
}
