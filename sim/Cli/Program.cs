using System.Runtime.InteropServices;
using BcnnSim.Cli;

using CancellationTokenSource interrupt = new();

// The first signal asks the running command to stop and to print what is done; the second one ends the process.
void Stop(PosixSignalContext context)
{
    context.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
}

using PosixSignalRegistration keyboard = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
Session session = new(Console.Out, Console.Error, Environment.CurrentDirectory, !Console.IsErrorRedirected, interrupt.Token);
return CommandLine.Run(args, session);
