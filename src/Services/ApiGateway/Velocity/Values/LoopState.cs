namespace Haneul.ApiGateway.Velocity.Values;

/// <summary><c>$foreach</c>: where a loop is.</summary>
internal sealed class LoopState(LoopState? parent, int length) : IVelocityObject
{
    public int Index { get; set; }

    public object? Get(string name) => name switch
    {
        "index" => (long)Index,
        "count" => Index + 1L,
        "hasNext" => Index < length - 1,
        "first" => Index == 0,
        "last" => Index == length - 1,
        "parent" => parent,
        "topmost" => Topmost,
        _ => null,
    };

    public object? Invoke(string method, object?[] arguments) => method switch
    {
        "getIndex" => Get("index"),
        "getCount" => Get("count"),
        "hasNext" => Get("hasNext"),
        "isFirst" => Get("first"),
        "isLast" => Get("last"),
        "getParent" => parent,
        "getTopmost" => Topmost,
        _ => null,
    };

    private LoopState Topmost => parent is null ? this : parent.Topmost;
}
