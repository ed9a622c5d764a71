using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Kernel.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Haneul.Kernel.Operations;

/// <summary>A row of a module's table, as the pipeline sees it.</summary>
public abstract class OperationRow(Operation operation)
{
    public Operation Operation { get; } = operation;

    /// <summary>Whether the row says what it needs; a row that does not is a mistake that the start-up check reports.</summary>
    public bool IsComplete => HasHandler && HasPermission;

    protected bool HasPermission { get; set; }

    protected abstract bool HasHandler { get; }

    /// <summary>The actions of the row, for the compatibility page and policy writers.</summary>
    public IReadOnlyList<string> Actions => ActionList;

    protected List<string> ActionList { get; } = [];

    /// <summary>Largest body in bytes, if it differs from the gateway's default.</summary>
    public long? MaxBody { get; protected set; }

    /// <summary>Adds what the call needs to <paramref name="authorization"/>.</summary>
    public abstract void Describe(IShape input, CallContext context, Authorization authorization);

    public abstract ValueTask<Outcome<IShape>> InvokeAsync(IShape input, CallContext context, IServiceProvider services, CancellationToken cancel);
}

/// <summary>A row of a module's table, as the module writes it: <c>Map(op).Needs(action, resource).Use&lt;Handler&gt;()</c>.</summary>
public sealed class OperationRow<TInput, TOutput>(Operation<TInput, TOutput> operation) : OperationRow(operation)
    where TInput : class, IShape<TInput>
    where TOutput : class, IShape<TOutput>
{
    private readonly List<Action<TInput, CallContext, Authorization>> _needs = [];
    private readonly List<Action<TInput, CallContext, Authorization>> _keys = [];
    private Action<TInput, CallContext, Outcome<TOutput>, TimeSpan>? _observer;
    private Func<IServiceProvider, IHandler<TInput, TOutput>>? _make;
    private IHandler<TInput, TOutput>? _handler;

    protected override bool HasHandler => _make is not null;

    /// <summary>The call needs <paramref name="action"/> on one resource.</summary>
    public OperationRow<TInput, TOutput> Needs(string action, Func<TInput, CallContext, string> resource)
    {
        HasPermission = true;
        ActionList.Add(action);
        _needs.Add((input, context, authorization) => authorization.Need(action, resource(input, context)));
        return this;
    }

    /// <summary>The call needs <paramref name="action"/>, which knows no resource.</summary>
    public OperationRow<TInput, TOutput> Needs(string action) => Needs(action, static (_, _) => "*");

    /// <summary>The call needs <paramref name="action"/> on each of these resources; on none of them if there are none.</summary>
    public OperationRow<TInput, TOutput> NeedsEach(string action, Func<TInput, CallContext, IEnumerable<string>> resources)
    {
        HasPermission = true;
        ActionList.Add(action);
        _needs.Add((input, context, authorization) =>
        {
            foreach (var resource in resources(input, context))
            {
                authorization.Need(action, resource);
            }
        });
        return this;
    }

    /// <summary>What only the input can tell: permissions, and the condition keys that go with them.</summary>
    public OperationRow<TInput, TOutput> NeedsAsItSays(Action<TInput, CallContext, Authorization> needs)
    {
        HasPermission = true;
        _needs.Add(needs);
        return this;
    }

    /// <summary>Condition keys that this operation sets, such as <c>dynamodb:LeadingKeys</c>.</summary>
    public OperationRow<TInput, TOutput> Keys(Action<TInput, CallContext, Authorization> keys)
    {
        _keys.Add(keys);
        return this;
    }

    /// <summary>Anyone with valid credentials may call it, as AWS documents for a handful of operations.</summary>
    public OperationRow<TInput, TOutput> NeedsNothing()
    {
        HasPermission = true;
        return this;
    }

    /// <summary>Accepts bodies up to this many bytes.</summary>
    public OperationRow<TInput, TOutput> Accepts(long maxBody)
    {
        MaxBody = maxBody;
        return this;
    }

    /// <summary>Who is told of every call that the handler ended: how, and how long it took.</summary>
    public OperationRow<TInput, TOutput> Observe(Action<TInput, CallContext, Outcome<TOutput>, TimeSpan> observer)
    {
        _observer = observer;
        return this;
    }

    /// <summary>The handler; made once, when it is first needed.</summary>
    public OperationRow<TInput, TOutput> Use<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IHandler<TInput, TOutput>
    {
        _make = static services => ActivatorUtilities.CreateInstance<THandler>(services);
        return this;
    }

    public override void Describe(IShape input, CallContext context, Authorization authorization)
    {
        foreach (var need in _needs)
        {
            need((TInput)input, context, authorization);
        }

        if (_keys.Count > 0)
        {
            KeysLater((TInput)input, context, authorization);
        }
    }

    private void KeysLater(TInput input, CallContext context, Authorization authorization) => authorization.KeysLater(() =>
    {
        foreach (var keys in _keys)
        {
            keys(input, context, authorization);
        }
    });

    public override async ValueTask<Outcome<IShape>> InvokeAsync(
        IShape input, CallContext context, IServiceProvider services, CancellationToken cancel)
    {
        // Two first calls may both make one; handlers hold no state, so either will do.
        var handler = _handler ??= _make!(services);
        var started = _observer is null ? 0 : Stopwatch.GetTimestamp();
        Outcome<TOutput> outcome;
        try
        {
            outcome = await handler.HandleAsync((TInput)input, context, cancel);
        }
        catch (ServiceException exception)
        {
            outcome = exception.Error;
        }

        _observer?.Invoke((TInput)input, context, outcome, Stopwatch.GetElapsedTime(started));
        return outcome.Succeeded ? Outcome.Of<IShape>(outcome.Value) : outcome.Error;
    }
}
