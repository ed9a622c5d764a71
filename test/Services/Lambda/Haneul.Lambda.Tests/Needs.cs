namespace Haneul.Lambda.Tests.Machine;

/// <summary>What tests need of the machine. A test that cannot run says why.</summary>
internal static class Needs
{
    public static void Sandboxes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sandboxes need Linux.");
        Assert.SkipUnless(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed, so no function can run.");
    }

    public static void Root() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give sandboxes a network and limits of their own.");
}
