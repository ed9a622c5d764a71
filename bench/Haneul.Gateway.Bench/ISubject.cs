namespace Haneul.Gateway.Bench;

/// <summary>A server under load.</summary>
internal interface ISubject : IDisposable
{
    string Name { get; }

    string Url { get; }

    /// <summary>A DynamoDB call that this server accepts.</summary>
    SignedCall Sign(string operation, string body);

    /// <summary>Processor time used so far.</summary>
    TimeSpan Cpu();
}
