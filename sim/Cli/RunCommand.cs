using System.CommandLine;

namespace BcnnSim.Cli;

/// <summary>`run`: networks on a design, frame by frame, cycle by cycle.</summary>
internal static class RunCommand
{
    public static Command Create(Session session)
    {
        RunOptionSet options = new();
        Command command = options.AddTo(new Command("run", "Simulate networks on a design and report cycles, utilization, stalls and results"));
        command.SetAction(parsed => Run(new RunRequestReader(options, parsed, session).Read(), session));
        return command;
    }

    /// <summary>The main job: `run` without a network.</summary>
    public static int RunAll(string? json, Session session) => Create(session).Parse(json is null ? [] : ["--json", json]).Invoke(new InvocationConfiguration
    {
        Output = session.Output,
        Error = session.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    });

    private static int Run(RunRequest request, Session session)
    {
        using (request.Json)
        {
            return new RunJob(request, session).Run();
        }
    }
}
