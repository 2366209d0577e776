package io.kubespring.node.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The process that holds a sandbox's namespaces, as a static ELF of a few hundred bytes, written without a compiler. It
 * blocks every signal and waits for one: SIGTERM and SIGINT end it, SIGCHLD reaps the orphans that a shared process
 * namespace leaves to it. (Blocked signals reach even process 1, which ignores those it has no handler for.)
 */
final class PauseProgram {

    private static final long BASE = 0x400000;
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final short MACHINE_X86_64 = 62;
    private static final short MACHINE_AARCH64 = 183;

    private PauseProgram() {}

    static byte[] forArchitecture(String goArchitecture) {
        return switch (goArchitecture) {
            case "amd64" -> elf(MACHINE_X86_64, amd64());
            case "arm64" -> elf(MACHINE_AARCH64, arm64());
            default -> throw new IllegalArgumentException("no pause program for " + goArchitecture);
        };
    }

    private static byte[] amd64() {
        return new Assembler()
                .bytes(0x6A, 0xFF) // push -1: the mask of all signals
                .bytes(0x31, 0xFF) // edi = SIG_BLOCK
                .bytes(0x48, 0x89, 0xE6) // rsi = &mask
                .bytes(0x31, 0xD2) // edx = null
                .bytes(0x41, 0xBA, 8, 0, 0, 0) // r10d = size of the mask
                .bytes(0xB8, 14, 0, 0, 0) // rt_sigprocmask
                .bytes(0x0F, 0x05)
                .label("wait")
                .bytes(0x48, 0x89, 0xE7) // rdi = &mask
                .bytes(0x31, 0xF6, 0x31, 0xD2) // no siginfo, no timeout
                .bytes(0x41, 0xBA, 8, 0, 0, 0)
                .bytes(0xB8, 128, 0, 0, 0) // rt_sigtimedwait
                .bytes(0x0F, 0x05)
                .bytes(0x83, 0xF8, 15) // SIGTERM?
                .shortJump(0x74, "exit")
                .bytes(0x83, 0xF8, 2) // SIGINT?
                .shortJump(0x74, "exit")
                .bytes(0x83, 0xF8, 17) // SIGCHLD?
                .shortJump(0x75, "wait")
                .label("reap")
                .bytes(0xBF, 0xFF, 0xFF, 0xFF, 0xFF) // edi = any child
                .bytes(0x31, 0xF6) // no status
                .bytes(0xBA, 1, 0, 0, 0) // WNOHANG
                .bytes(0x45, 0x31, 0xD2) // no usage
                .bytes(0xB8, 61, 0, 0, 0) // wait4
                .bytes(0x0F, 0x05)
                .bytes(0x85, 0xC0)
                .shortJump(0x7F, "reap")
                .shortJump(0xEB, "wait")
                .label("exit")
                .bytes(0x31, 0xFF)
                .bytes(0xB8, 231, 0, 0, 0) // exit_group
                .bytes(0x0F, 0x05)
                .assemble();
    }

    private static byte[] arm64() {
        int supervisorCall = 0xD4000001;
        return new Assembler()
                .word(0x92800000) // x0 = -1: the mask of all signals
                .word(0xF81F0FE0) // push x0
                .word(0xD2800000) // x0 = SIG_BLOCK
                .word(0x910003E1) // x1 = &mask
                .word(0xD2800002) // x2 = null
                .word(0xD2800103) // x3 = size of the mask
                .word(0xD28010E8) // rt_sigprocmask
                .word(supervisorCall)
                .label("wait")
                .word(0x910003E0) // x0 = &mask
                .word(0xD2800001) // no siginfo
                .word(0xD2800002) // no timeout
                .word(0xD2800103)
                .word(0xD2801128) // rt_sigtimedwait
                .word(supervisorCall)
                .word(0x71003C1F) // SIGTERM?
                .branch(0x54000000, 5, 19, "exit")
                .word(0x7100081F) // SIGINT?
                .branch(0x54000000, 5, 19, "exit")
                .word(0x7100441F) // SIGCHLD?
                .branch(0x54000001, 5, 19, "wait")
                .label("reap")
                .word(0x92800000) // x0 = any child
                .word(0xD2800001) // no status
                .word(0xD2800022) // WNOHANG
                .word(0xD2800003) // no usage
                .word(0xD2802088) // wait4
                .word(supervisorCall)
                .word(0x7100001F)
                .branch(0x5400000C, 5, 19, "reap")
                .branch(0x14000000, 0, 26, "wait")
                .label("exit")
                .word(0xD2800000)
                .word(0xD2800BC8) // exit_group
                .word(supervisorCall)
                .assemble();
    }

    private static byte[] elf(short machine, byte[] code) {
        int start = ELF_HEADER + PROGRAM_HEADER;
        int size = start + code.length;
        var out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        out.putShort((short) 2).putShort(machine).putInt(1); // executable
        out.putLong(BASE + start).putLong(ELF_HEADER).putLong(0); // entry, program headers, no sections
        out.putInt(0)
                .putShort((short) ELF_HEADER)
                .putShort((short) PROGRAM_HEADER)
                .putShort((short) 1);
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        out.putInt(1).putInt(5); // one loaded segment, readable and executable
        out.putLong(0).putLong(BASE).putLong(BASE).putLong(size).putLong(size).putLong(0x1000);
        return out.put(code).array();
    }
}
