package io.connectorkit.runtime.internal.isolation;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Leads the calls in a class that would end the process to methods that throw. Those methods are added to the class itself and take the
 * same arguments, so that neither the frames nor the imports of the class change.
 */
final class ExitWeaver extends ClassVisitor {

  private static final String SYSTEM = "java/lang/System";
  private static final String RUNTIME = "java/lang/Runtime";
  private static final String EXIT = "exit";
  private static final String HALT = "halt";

  private final String where;
  /** What the added methods replace, by their descriptor behind their name. */
  private final Map<String, String> added = new TreeMap<>();
  private String owner;
  private boolean isInterface;
  private int version;

  private ExitWeaver(ClassVisitor next, String where) {
    super(Opcodes.ASM9, next);
    this.where = where;
  }

  /**
   * The class without its exits; the same array if there are none.
   *
   * @param where the bundle and the class, for the message
   * @throws IllegalArgumentException if the class file is newer than this code knows
   */
  static byte[] weave(byte[] code, String where) {
    if (!suspect(code)) {
      return code;
    }
    ClassReader reader = new ClassReader(code);
    ClassWriter writer = new ClassWriter(reader, 0);
    ExitWeaver weaver = new ExitWeaver(writer, where);
    reader.accept(weaver, 0);
    // Before Java 8 an interface has no static methods, and no code but its initialiser.
    return weaver.added.isEmpty() || weaver.isInterface && weaver.version < Opcodes.V1_8 ? code : writer.toByteArray();
  }

  /** Whether the constants name both a method and its class: most classes need not be parsed. */
  private static boolean suspect(byte[] code) {
    String text = new String(code, StandardCharsets.ISO_8859_1);
    return Stream.of(EXIT, HALT).anyMatch(name -> text.contains(constant(name)))
        && Stream.of(SYSTEM, RUNTIME).anyMatch(name -> text.contains(constant(name)));
  }

  private static String constant(String name) {
    return "\u0001\u0000" + (char) name.length() + name;
  }

  @Override
  public void visit(int classVersion, int access, String name, String signature, String superName, String[] interfaces) {
    version = classVersion & 0xFFFF;
    owner = name;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    super.visit(classVersion, access, name, signature, superName, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(api, super.visitMethod(access, name, descriptor, signature, exceptions)) {

      @Override
      public void visitMethodInsn(int opcode, String type, String called, String parameters, boolean ofInterface) {
        if (ends(type, called)) {
          super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, replacement(type, called), parameters(type), isInterface);
        } else {
          super.visitMethodInsn(opcode, type, called, parameters, ofInterface);
        }
      }

      @Override
      public void visitInvokeDynamicInsn(String called, String parameters, Handle bootstrap, Object... arguments) {
        super.visitInvokeDynamicInsn(called, parameters, bootstrap, Stream.of(arguments).map(ExitWeaver.this::harmless).toArray());
      }

      @Override
      public void visitLdcInsn(Object value) {
        super.visitLdcInsn(harmless(value));
      }
    };
  }

  private static boolean ends(String type, String called) {
    return type.equals(SYSTEM) && called.equals(EXIT) || type.equals(RUNTIME) && (called.equals(EXIT) || called.equals(HALT));
  }

  private static String parameters(String type) {
    return type.equals(SYSTEM) ? "(I)V" : "(L" + RUNTIME + ";I)V";
  }

  private String replacement(String type, String called) {
    String name = "kit$" + called;
    added.put(name + parameters(type), type.substring(type.lastIndexOf('/') + 1) + "." + called);
    return name;
  }

  private Object harmless(Object constant) {
    return constant instanceof Handle handle && ends(handle.getOwner(), handle.getName())
        ? new Handle(Opcodes.H_INVOKESTATIC, owner, replacement(handle.getOwner(), handle.getName()), parameters(handle.getOwner()), isInterface)
        : constant;
  }

  @Override
  public void visitEnd() {
    added.forEach((method, replaced) -> {
      int name = method.indexOf('(');
      MethodVisitor code = super.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, method.substring(0, name),
          method.substring(name), null, null);
      code.visitCode();
      code.visitTypeInsn(Opcodes.NEW, "java/lang/SecurityException");
      code.visitInsn(Opcodes.DUP);
      code.visitLdcInsn("KIT-1040 " + where + " calls " + replaced + ", which would end the host and everybody's runs; it must throw an"
          + " exception instead");
      code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/SecurityException", "<init>", "(Ljava/lang/String;)V", false);
      code.visitInsn(Opcodes.ATHROW);
      code.visitMaxs(3, 2);
      code.visitEnd();
    });
    super.visitEnd();
  }
}
