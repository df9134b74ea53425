using Spectre.Console;

namespace BcnnSim.Cli;

/// <summary>Progress of requests on standard error: a bar on a terminal, a plain line per quarter otherwise.</summary>
internal static class RequestProgress
{
    private const int Lines = 4;

    /// <param name="session">Where it is shown.</param>
    /// <param name="total">Null where it is not known: nothing is shown then.</param>
    /// <param name="work">Reports requests completed.</param>
    public static void Watch(Session session, long? total, Action<IProgress<long>> work)
    {
        if (!session.Interactive)
        {
            session.Error.WriteLine(total is long requests ? $"hbm: {Figure.Count(requests)} requests" : "hbm: requests through a pipe");
            work(new PlainLines(session.Error, total ?? long.MaxValue));
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(session.Error) });
        console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask("requests", maxValue: total ?? 1);
            task.IsIndeterminate = total is null;
            work(new Bar(task));
        });
    }

    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }

    private sealed class PlainLines(TextWriter error, long total) : IProgress<long>
    {
        private long written;

        public void Report(long value)
        {
            long quarter = (long)((Int128)Lines * value / total);
            if (quarter > written)
            {
                written = quarter;
                error.WriteLine($"hbm: {Figure.Count(value)} of {Figure.Count(total)} requests done");
            }
        }
    }
}
