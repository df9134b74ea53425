using System.CommandLine;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain: exit 0 done, 1 failed check or fault, 2 bad input or a run that does not fit its budget, 3 model error, 130 stopped by the user with everything saved.</summary>
internal static class CommandTree
{
    public static int Run(string[] args)
    {
        using var interrupt = new Interrupt();
        ParseResult parsed = Root(interrupt.Token).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(ParseRefusals.Of(parsed).Message);
            return ExitCodes.BadInput;
        }

        return Invoke(parsed);
    }

    internal static RootCommand Root(CancellationToken stop) => new("Trains, prunes and exports binarized complex networks.")
    {
        TrainCommand.Build(stop),
        CompareCommand.Build(stop),
        EvaluateCommand.Build(stop),
        ExportCommand.Build(stop),
        ImportWeightsCommand.Build(stop),
        ExportFramesCommand.Build(),
        PackCommand.Build(),
        BenchCommand.Build(),
        YardstickCommand.Build(),
        PlotCommand.Build(),
    };

    private static int Invoke(ParseResult parsed)
    {
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e) when (e.GetBaseException() is InputException)
        {
            Console.Error.WriteLine(e.GetBaseException().Message);
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.ModelError;
        }
        catch (OutOfMemoryException)
        {
            Console.Error.WriteLine(new Violation("configuration", "batch, layers, data", "out of memory", "frames, maps and weights must fit into the memory of this machine", "Use a smaller batch, fewer frames or fewer channels"));
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            // A fault of ours: one line that can be reported, never a stack trace.
            Console.Error.WriteLine($"internal error, please report it: {e.GetBaseException().GetType().Name}: {e.GetBaseException().Message}");
            return ExitCodes.ModelError;
        }
    }
}
