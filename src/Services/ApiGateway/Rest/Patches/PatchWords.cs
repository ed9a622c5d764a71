namespace Haneul.ApiGateway.Rest.Patches;

/// <summary>How a kind of resource refuses a patch. AWS has three ways, by the age of the resource.</summary>
internal enum PatchWords
{
    /// <summary>"Invalid patch path", or "Invalid patch operation" with the operations that the path takes.</summary>
    Plain,

    /// <summary>"Invalid patch path", whatever is wrong.</summary>
    Path,

    /// <summary>The paths that the operation takes are listed.</summary>
    Listed,
}
