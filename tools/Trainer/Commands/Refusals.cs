namespace BcnnSim.Trainer.Commands;

/// <summary>Collects what several checks refuse, so that one call of a command reports all of it.</summary>
internal sealed class Refusals
{
    private readonly List<Violation> found = [];
    private readonly List<string> made = [];

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

    /// <summary>A folder that results will go to, made if it is not there; <see cref="Throw"/> takes it away again.</summary>
    public void TryFolder(string flag, string folder) => made.AddRange(Try(() => OutputPlace.CheckFolder(flag, folder)) ?? []);

    /// <summary>The folder of --run that rows go to; for tables alone it must be there.</summary>
    public void TryRows(string folder, bool tables)
    {
        if (tables)
        {
            Flag(Directory.Exists(folder), "--run", folder, "must be a folder with finished rows", "Check the path, or run it without --tables first");
        }
        else
        {
            TryFolder("--run", folder);
        }
    }

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
            made.ForEach(TakeAway);
            throw new InputException(found);
        }
    }

    // Whoever put something in it meanwhile keeps it.
    private static void TakeAway(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
