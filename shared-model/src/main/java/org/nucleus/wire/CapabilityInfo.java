package org.nucleus.wire;

import java.util.List;

/** {@code CapabilityInfo}. Source: v1/mesos.proto. */
public record CapabilityInfo(List<CapabilityInfo.Capability> capabilities) {
    public CapabilityInfo {
        capabilities = List.copyOf(capabilities);
    }

    /** {@code CapabilityInfo.Capability}. Source: v1/mesos.proto. */
    public enum Capability {
        UNKNOWN,
        CHOWN,
        DAC_OVERRIDE,
        DAC_READ_SEARCH,
        FOWNER,
        FSETID,
        KILL,
        SETGID,
        SETUID,
        SETPCAP,
        LINUX_IMMUTABLE,
        NET_BIND_SERVICE,
        NET_BROADCAST,
        NET_ADMIN,
        NET_RAW,
        IPC_LOCK,
        IPC_OWNER,
        SYS_MODULE,
        SYS_RAWIO,
        SYS_CHROOT,
        SYS_PTRACE,
        SYS_PACCT,
        SYS_ADMIN,
        SYS_BOOT,
        SYS_NICE,
        SYS_RESOURCE,
        SYS_TIME,
        SYS_TTY_CONFIG,
        MKNOD,
        LEASE,
        AUDIT_WRITE,
        AUDIT_CONTROL,
        SETFCAP,
        MAC_OVERRIDE,
        MAC_ADMIN,
        SYSLOG,
        WAKE_ALARM,
        BLOCK_SUSPEND,
        AUDIT_READ
    }
}
