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
        ParseResult parsed = Root(interrupt.Token).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine(ParseRefusals.Of(parsed).Message);
            return ExitCodes.BadInput;
        }

        return Invoke(parsed, output, error);
    }

    internal static RootCommand Root(CancellationToken stop) => new("Trains, prunes and exports binarized complex networks.")
    {
        TrainCommand.Build(stop),
        CompareCommand.Build(stop),
        PrivacyCommand.Build(stop),
        EvaluateCommand.Build(stop),
        ExportCommand.Build(stop),
        ImportWeightsCommand.Build(stop),
        ExportFramesCommand.Build(),
        PackCommand.Build(),
        BenchCommand.Build(),
        YardstickCommand.Build(),
        PlotCommand.Build(),
    };

    private static int Invoke(ParseResult parsed, TextWriter output, TextWriter error)
    {
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error });
        }
        catch (Exception e) when (e.GetBaseException() is InputException)
        {
            error.WriteLine(e.GetBaseException().Message);
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (InvalidOperationException e)
        {
            error.WriteLine(e.Message);
            return ExitCodes.ModelError;
        }
        catch (OutOfMemoryException)
        {
            error.WriteLine(new Violation("configuration", "batch, layers, data", "out of memory", "frames, maps and weights must fit into the memory of this machine", "Use a smaller batch, fewer frames or fewer channels"));
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            // A fault of ours: one line that can be reported, never a stack trace.
            error.WriteLine($"internal error, please report it: {e.GetBaseException().GetType().Name}: {e.GetBaseException().Message}");
            return ExitCodes.ModelError;
        }
    }
}
