namespace BcnnSim.Trainer.Commands;

/// <summary>Collects what several checks refuse, so that one call of a command reports all of it.</summary>
internal sealed class Refusals
{
    private readonly List<Violation> found = [];

    /// <summary>Result of the check, or default when it refused.</summary>
    public T? Try<T>(Func<T> check)
    {
        try
        {
            return check();
        }
        catch (InputException refused)
        {
            found.AddRange(refused.Violations);
            return default;
        }
    }

    public void Try(Action check) => Try<object?>(() =>
    {
        check();
        return null;
    });

    /// <summary>A rule of one flag.</summary>
    public void Flag(bool good, string flag, string value, string rule, string remedy)
    {
        if (!good)
        {
            found.Add(new Violation("command line", flag, value, rule, remedy));
        }
    }

    public void Throw()
    {
        if (found.Count > 0)
        {
            throw new InputException(found);
        }
    }
}
