using System.CommandLine;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain: exit 0 done, 1 failed check or fault, 2 bad input or a run that does not fit its budget, 3 model error, 130 stopped by the user with everything saved.</summary>
internal static class CommandTree
{
    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The same with the caller's writers: what a command prints goes to <paramref name="output"/>, what it refuses to <paramref name="error"/>.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        using var interrupt = new Interrupt();
        Command[] stoppable = Stoppable(interrupt.Token);
        ParseResult parsed = Root(stoppable).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine(ParseRefusals.Of(parsed).Message);
            return ExitCodes.BadInput;
        }

        if (stoppable.Contains(parsed.CommandResult.Command))
        {
            interrupt.Listen();
        }

        return Invoke(parsed, output, error);
    }

    internal static RootCommand Root(CancellationToken stop) => Root(Stoppable(stop));

    private static RootCommand Root(Command[] stoppable)
    {
        var root = new RootCommand("Trains, prunes and exports binarized complex networks.");
        Command[] others = [ExportFramesCommand.Build(), PackCommand.Build(), BenchCommand.Build(), YardstickCommand.Build(), PlotCommand.Build()];
        foreach (Command command in stoppable.Concat(others))
        {
            root.Add(command);
        }

        return root;
    }

    // They look at the token; the others have nothing to save.
    private static Command[] Stoppable(CancellationToken stop) =>
    [
        TrainCommand.Build(stop),
        CompareCommand.Build(stop),
        PrivacyCommand.Build(stop),
        EvaluateCommand.Build(stop),
        ExportCommand.Build(stop),
        ImportWeightsCommand.Build(stop),
    ];

    private static int Invoke(ParseResult parsed, TextWriter output, TextWriter error)
    {
        try
        {
            int code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error });
            if (code == ExitCodes.Interrupted)
            {
                error.WriteLine(Interrupted(parsed));
            }

            return code;
        }
        catch (Exception e)
        {
            Exception cause = Cause(e);
            (int code, string message) = cause is OperationCanceledException ? (ExitCodes.Interrupted, Interrupted(parsed)) : Refusal(cause);
            error.WriteLine(message);
            return code;
        }
    }

    private static string Interrupted(ParseResult parsed) => parsed.CommandResult.Command.Name switch
    {
        "train" => "interrupted: every step so far is saved in --run; train --resume goes on with the next",
        "compare" or "privacy" => "interrupted: finished rows are saved in --run; the same command goes on, with the row that ran from its start",
        _ => "interrupted",
    };

    // Threads that load frames fail together: what the user can mend first.
    internal static Exception Cause(Exception failure) => failure is AggregateException several
        ? several.Flatten().InnerExceptions.Select(Cause).OrderBy(e => e is InputException ? 0 : e is OutOfMemoryException ? 1 : 2).First()
        : failure.GetBaseException() is InputException input ? input : failure;

    private static (int Code, string Message) Refusal(Exception cause) => cause switch
    {
        InputException => (ExitCodes.BadInput, cause.Message),
        OutOfMemoryException => (ExitCodes.BadInput, new Violation("configuration", "batch, layers, data", "out of memory", "frames, maps and weights must fit into the memory of this machine", "Use a smaller batch, fewer frames or fewer channels").ToString()),
        InvalidOperationException => (ExitCodes.ModelError, cause.Message),
        IOException or UnauthorizedAccessException => (ExitCodes.Failed, cause.Message),

        // A fault of ours: one line that can be reported, never a stack trace.
        _ => (ExitCodes.ModelError, $"internal error, please report it: {cause.GetBaseException().GetType().Name}: {cause.GetBaseException().Message}"),
    };
}
