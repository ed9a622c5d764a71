namespace Haneul.Testing.Clients;

/// <summary>Skips the running test, loudly: the runner counts it and prints the reason.</summary>
public static class Skip
{
    // What xunit looks for at the start of an exception's message.
    private const string Mark = "$XunitDynamicSkip$";

    public static void Unless(bool condition, string reason)
    {
        if (!condition)
        {
            throw new InvalidOperationException(Mark + reason);
        }
    }

    public static bool Is(Exception exception) => exception.Message.StartsWith(Mark, StringComparison.Ordinal);
}
